import * as m from '@/paraglide/messages'
import type { components } from '@/shared/api'

// A sheet as one types it: what a cell is, what a typed text means, where Enter goes. No DOM and no network.

type S = components['schemas']
export type Choices = S['MarksSheets']
export type Choice = Choices['sheets'][number]
/** What a column takes: the contract leaves the parts of a pad open, and these are read here. */
export type Pad = S['Pad'] & {
  min?: string
  high?: string
  step?: string
  unit?: string
  options?: { value: string; label: string; mark: string }[]
  items?: { id: string; name: string }[]
  inputs?: { id: string; name: string }[]
  readings?: { count: number; take: string }
}
export type Column = Omit<S['MarksSheet']['columns'][number], 'pad'> & { pad: Pad }
export type Sheet = Omit<S['MarksSheet'], 'columns'> & { columns: Column[] }
export type Row = Sheet['rows'][number]
export type Cell = Row['cells'][number]
export type Entered = S['EnteredMark']
export type Imported = S['MarksImported']

/** What the query of an address says of a sheet. */
export function queryOf(c: { kind: string; chair?: number; criterion?: string }): string {
  const q = new URLSearchParams({ kind: c.kind })
  if (c.chair) q.set('chair', String(c.chair))
  if (c.criterion) q.set('criterion', c.criterion)
  return q.toString()
}

/** What is typed for "not performed". */
const BLANK = ['-', '－', '—', '未做', '缺考', '未', 'not performed']
const SAID: Record<string, string> = { yes: '是', no: '否', none: '无', found: '有' }
const KEYS: Record<string, string> = { 是: '1', 有: '1', y: '1', 否: '0', 无: '0', n: '0' }

/** Full-width digits and signs as an input method leaves them. */
function narrowed(text: string): string {
  return text
    .replace(/[０-９．－＝；]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/。/g, '.')
    .trim()
}

/** A typed text as the server takes it; an option may be typed by its word. */
export function read(pad: Pad, typed: string): { kind: 'mark' | 'not_performed'; value: string } | null {
  const text = narrowed(typed)
  if (text === '') return null
  if (BLANK.includes(text)) return { kind: 'not_performed', value: '' }
  const options = pad.options ?? []
  if (options.length === 0) return { kind: 'mark', value: text }
  const byWord = options.find((o) => o.value === text || o.label === text || SAID[o.label] === text)
  const key = KEYS[text.toLowerCase()]
  return { kind: 'mark', value: byWord?.value ?? (options.some((o) => o.value === key) ? (key ?? text) : text) }
}

/** How a saved mark is shown in its field; blank is the word for "not performed". */
export function shown(cell: Cell, blank = '未做'): string {
  return cell.kind === 'not_performed' ? blank : cell.value
}

/** Whether a typed text says something else than what is saved. */
export function differs(pad: Pad, cell: Cell, typed: string): boolean {
  const now = read(pad, typed)
  if (now === null) return !!cell.kind
  return now.kind !== cell.kind || !same(now.value, cell.value)
}

/** 8, 8.0 and 08 are one number. */
function same(a: string, b: string): boolean {
  const plain = (s: string) =>
    s
      .replace(/^(-?)0+(?=\d)/, '$1')
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '')
  return a === b || plain(a) === plain(b)
}

/** What may be typed in a column, in a few signs. */
export function hint(pad: Pad): string {
  if (pad.options?.length) return pad.options.map((o) => `${o.value} ${SAID[o.label] ?? o.label}`).join(' · ')
  if (pad.items?.length) return pad.items.map((i) => `${i.id}=`).join('; ')
  if (pad.inputs?.length) return pad.inputs.map((i) => i.name).join('; ')
  if (pad.readings) return `${pad.readings.count}×`
  const range = pad.min || pad.high ? `${pad.min ?? ''}–${pad.high ?? ''}` : ''
  return [range, pad.unit, pad.step ? `/${pad.step}` : ''].filter(Boolean).join(' ')
}

/** Whether marks of a work are taken. */
export function isMarked(row: Row): boolean {
  return !row.status || row.status === 'competing' || row.status === 'out'
}

/** Whether a mark may stand in a cell: a team has none in what is of persons, and the other way round. */
export function isOpen(row: Row, column: number): boolean {
  return isMarked(row) && !row.cells[column]?.closed
}

export interface Place {
  row: number
  column: number
}

/** Where Enter goes: along the paper's line and to the next one, or down the column; null behind the last cell. */
export function next(sheet: Sheet, at: Place, down: boolean, by = 1): Place | null {
  const rows = sheet.rows.map((r, i) => (isMarked(r) ? i : -1)).filter((i) => i >= 0)
  const columns = sheet.columns.length
  const line = rows.indexOf(at.row)
  const n = down ? at.column * rows.length + line : line * columns + at.column
  const to = n + by
  if (line < 0 || to < 0 || to >= rows.length * columns) return null
  const [row, column] = down
    ? [rows[to % rows.length], Math.floor(to / rows.length)]
    : [rows[Math.floor(to / columns)], to % columns]
  if (row === undefined || column === undefined) return null
  const found = sheet.rows[row]
  return found && !isOpen(found, column) ? next(sheet, { row, column }, down, by) : { row, column }
}

/** How many cells are filled, of those that must be. */
export function filled(sheet: Sheet): { done: number; need: number } {
  let done = 0
  let need = 0
  for (const row of sheet.rows.filter(isMarked)) {
    sheet.columns.forEach((c, i) => {
      if (!c.pad.required || row.cells[i]?.closed) return
      need++
      if (row.cells[i]?.kind) done++
    })
  }
  return { done, need }
}

/** The mark to send for a cell, or the withdrawal of the one that stands. */
export function toEnter(sheet: Sheet, at: Place, typed: string, id: string, reason: string): Entered | null {
  const column = sheet.columns[at.column]
  const row = sheet.rows[at.row]
  const cell = row?.cells[at.column]
  if (!column || !row || !cell) return null
  const said = read(column.pad, typed)
  if (!said && !cell.mark_id) return null
  const mark: Entered = {
    mark_id: id,
    kind: said?.kind ?? 'withdraw',
    chair: column.chair,
    work: row.work,
    aspect: column.pad.id,
    attempt: column.attempt,
    round: cell.round,
    value: said?.value ?? '',
    version: sheet.version,
  }
  return cell.mark_id ? { ...mark, supersedes: cell.mark_id, reason } : mark
}

/** Where a fault of an imported file stands: lines of a list in words, everything else as the server names it. */
export function placeWords(path: string): string {
  const [, line, column] = /^CSV:(\d+):([A-Z])$/.exec(path) ?? []
  return line && column ? m.entering_line({ line, column }) : path
}
