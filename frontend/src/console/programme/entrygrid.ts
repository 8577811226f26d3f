import type { Fault } from '@/shared/http'
import type { Entry, NewEntry } from '../wire'

/** The columns of the entry table, in the order in which one pastes them. */
export const columns = ['entry_no', 'name', 'unit', 'seat_no', 'work_code', 'kind', 'team', 'group', 'county'] as const
export type Column = (typeof columns)[number]
export type EntryRow = Record<Column, string>

export const emptyRow = (): EntryRow => ({
  entry_no: '',
  name: '',
  unit: '',
  seat_no: '',
  work_code: '',
  kind: '',
  team: '',
  group: '',
  county: '',
})

/** What people write for a team, in either language. */
const teamWords = ['team', '团队', '队']
const personWords = ['person', '选手', '个人']

/** The kind that a cell says; what is no word of ours goes as it is, so that the server refuses it at its cell. */
function kindOf(text: string): string {
  const word = text.trim().toLowerCase()
  if (teamWords.includes(word)) return 'team'
  return personWords.includes(word) ? 'person' : text.trim()
}

export function rowOf(e: Entry): EntryRow {
  return {
    entry_no: e.entry_no ?? '',
    name: e.name ?? '',
    unit: e.unit ?? '',
    seat_no: e.seat_no ?? '',
    work_code: e.work_code ?? '',
    kind: e.kind === 'team' ? '团队' : '',
    team: e.team ?? '',
    group: e.group ?? '',
    county: e.county ?? '',
  }
}

/** What is sent: rows with something in them, empty cells left out. */
export function toSend(rows: readonly EntryRow[]): NewEntry[] {
  return filled(rows).map(({ row }) => {
    const out: NewEntry = { name: row.name.trim() }
    for (const c of columns) if (c !== 'name' && c !== 'kind' && row[c].trim()) out[c] = row[c].trim()
    if (row.kind.trim()) out.kind = kindOf(row.kind) as 'team'
    return out
  })
}

function filled(rows: readonly EntryRow[]): { row: EntryRow; at: number }[] {
  return rows.map((row, at) => ({ row, at })).filter(({ row }) => columns.some((c) => row[c].trim() !== ''))
}

/** Cells as spreadsheets copy them: tabs and line breaks; or, without a tab, commas. Quoted cells are unwrapped. */
export function cellsOf(text: string): string[][] {
  const comma = !text.includes('\t')
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  const end = () => {
    rows[rows.length - 1]?.push(cell.trim())
    cell = ''
  }
  const t = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  for (let i = 0; i < t.length; i++) {
    const c = t[i]
    if (quoted) {
      if (c === '"' && t[i + 1] === '"') {
        cell += '"'
        i++
      } else if (c === '"') quoted = false
      else cell += c
    } else if (c === '"' && cell === '') quoted = true
    else if (c === (comma ? ',' : '\t')) end()
    else if (c === '\n') {
      end()
      rows.push([])
    } else cell += c
  }
  end()
  return rows
}

/** The rows after a paste that begins in a cell: it fills to the right and down, and adds rows where it needs to. */
export function pasted(
  rows: readonly EntryRow[],
  at: number,
  column: Column,
  cells: readonly string[][],
  among: readonly Column[] = columns,
): EntryRow[] {
  const out = rows.map((r) => ({ ...r }))
  const first = among.indexOf(column)
  cells.forEach((line, i) => {
    const row = (out[at + i] ??= emptyRow())
    line.forEach((text, j) => {
      const c = among[first + j]
      if (c) row[c] = text
    })
  })
  return out
}

/** Faults by the row of the table (not of what was sent: empty rows were left out) and by column; '' is the row. */
export function faultsByRow(rows: readonly EntryRow[], fields: readonly Fault[]): Map<number, Map<string, Fault>> {
  const sent = filled(rows)
  const out = new Map<number, Map<string, Fault>>()
  for (const f of fields) {
    const place = /^\/entries\/(\d+)(?:\/(\w+))?/.exec(f.path)
    const at = place && sent[Number(place[1])]?.at
    if (at === undefined || at === null) continue
    const row = out.get(at) ?? new Map<string, Fault>()
    row.set(place?.[2] ?? '', f)
    out.set(at, row)
  }
  return out
}

/** The list with a new team of those rows: the team behind the others, its members naming it. */
export function teamed(rows: readonly EntryRow[], members: ReadonlySet<string>, name: string): EntryRow[] {
  const out = rows.map((r) => (members.has(r.entry_no) ? { ...r, team: name } : { ...r }))
  return [...out, { ...emptyRow(), name, kind: 'team' }]
}
