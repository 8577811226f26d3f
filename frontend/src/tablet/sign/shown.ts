import { cellKey, type Bundle, type MarkKind, type Pad } from '../bundle'
import { padsOf, placesOf, type Cells, type Rounds } from '../cells'
import { read } from '../pads/rule'

/** A mark as its judge sees it; see the server's package shown, which writes the same text. */
export interface ShownMark {
  work: string
  aspect: string
  attempt: number
  round: number
  kind: string
  value: string
}

const bytes = new TextEncoder()

/** What a mark sheet says, as the text whose SHA-256 a signature carries. Held to schemas/signing-vectors.json. */
export function sheetText(event: string, chair: number, version: number, marks: readonly ShownMark[]): string {
  const head = `jiangtai mark sheet 1\nevent ${event}\nchair ${chair}\nversion ${version}\n`
  const lines = newest(marks).map((m) => `${[m.work, m.aspect, m.attempt, m.round, m.kind, m.value].join('\t')}\n`)
  return head + lines.sort(byBytes).join('')
}

function newest(marks: readonly ShownMark[]): ShownMark[] {
  const found = new Map<string, ShownMark>()
  for (const m of marks) {
    const key = `${m.work}\n${m.aspect}\n${m.attempt}`
    const known = found.get(key)
    if (!known || known.round < m.round) found.set(key, m)
  }
  return [...found.values()]
}

/** The order of the UTF-8 bytes: what a browser sorts by differs from it beyond the first plane. */
function byBytes(a: string, b: string): number {
  const [x, y] = [bytes.encode(a), bytes.encode(b)]
  for (let i = 0; i < x.length && i < y.length; i++) if (x[i] !== y[i]) return (x[i] ?? 0) - (y[i] ?? 0)
  return x.length - y.length
}

/** SHA-256 in hexadecimal digits. */
export async function digestOf(text: string): Promise<string> {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.encode(text)))
  return [...sum].map((b) => b.toString(16).padStart(2, '0')).join('')
}

const KINDS: readonly MarkKind[] = ['mark', 'not_performed']

/** The marks of this chair as the tablet knows them, in the one written form that the server gives their values. */
export function ownMarks(bundle: Bundle, cells: Cells): ShownMark[] {
  const pads = new Map(padsOf(bundle.sheets).map((p) => [p.id, p]))
  const marks: ShownMark[] = []
  for (const [key, cell] of cells) {
    if (!cell.kind || !KINDS.includes(cell.kind)) continue
    const [work = '', aspect = '', attempt, round] = key.split('\n')
    const value = cell.kind === 'mark' ? written(pads.get(aspect), cell.value) : ''
    marks.push({ work, aspect, attempt: Number(attempt), round: Number(round), kind: cell.kind, value })
  }
  // The chief judge has said that this chair gives no mark here: nothing of it stands in the cells.
  for (const m of absences(bundle)) if (!cells.get(cellKey(m))?.kind) marks.push({ ...m, kind: 'absent', value: '' })
  return marks
}

const absences = (bundle: Bundle) => bundle.marks.filter((m) => (m.kind as string) === 'absent')

function written(pad: Pad | undefined, value: string): string {
  const found = pad && read(pad, value)
  return found?.ok ? found.reading.value : value
}

export function ownText(bundle: Bundle, cells: Cells): string {
  return sheetText(bundle.event.id, bundle.chair.number, bundle.event.version, ownMarks(bundle, cells))
}

/** How many required marks of works that compete are not given. */
export function missingOf(bundle: Bundle, cells: Cells, rounds: Rounds): number {
  const away = new Set(absences(bundle).map(cellKey))
  let n = 0
  for (const work of bundle.works) {
    if (!['', 'competing', 'out'].includes(work.status)) continue
    const pads = padsOf(bundle.sheets.filter((s) => work.criteria.includes(s.criterion.id)))
    for (const pad of pads) {
      if (!pad.required) continue
      const open = placesOf(work.work, pad, rounds).filter((p) => !cells.get(cellKey(p))?.kind && !away.has(cellKey(p)))
      if (open.length > 0) n++
    }
  }
  return n
}

/** One place that says something else than what was signed. */
export interface Difference {
  work: string
  aspect: string
  attempt: number
  was: { kind: string; value: string } | null
  is: { kind: string; value: string } | null
}

/** What differs between two texts of one sheet; the order of the lines. */
export function differences(was: string, is: string): Difference[] {
  const [old, now] = [linesOf(was), linesOf(is)]
  const keys = [...new Set([...old.keys(), ...now.keys()])]
  return keys.flatMap((key): Difference[] => {
    const [a, b] = [old.get(key) ?? null, now.get(key) ?? null]
    if (a?.kind === b?.kind && a?.value === b?.value && a?.round === b?.round) return []
    const [work = '', aspect = '', attempt] = key.split('\t')
    return [{ work, aspect, attempt: Number(attempt), was: a, is: b }]
  })
}

function linesOf(text: string): Map<string, { round: string; kind: string; value: string }> {
  const found = new Map<string, { round: string; kind: string; value: string }>()
  for (const line of text.split('\n').slice(4)) {
    const [work, aspect, attempt, round = '', kind = '', value = ''] = line.split('\t')
    if (aspect) found.set(`${work}\t${aspect}\t${attempt}`, { round, kind, value })
  }
  return found
}
