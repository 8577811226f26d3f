import { cellKey, type Bundle, type MarkKind, type Pad, type Place, type Sheet, type Work } from './bundle'
import type { Item } from './outbox/store'

/** The current mark of one place, as this tablet knows it. */
export interface Cell {
  /** null: nothing is marked here. */
  kind: Exclude<MarkKind, 'withdraw' | 'finish' | 'clock'> | null
  value: string
  mark_id: string | null
  text: string
  state: 'saved' | 'pending'
  /** A command for this place that came back and was not yet dealt with. */
  returned: Item | null
  late: boolean
}

export type Cells = ReadonlyMap<string, Cell>

const EMPTY: Cell = {
  kind: null,
  value: '',
  mark_id: null,
  text: '',
  state: 'saved',
  returned: null,
  late: false,
}

/** The server's word, and above it what this tablet knows better: commands that wait, or whose receipt is newer. */
export function cellsOf(bundle: Bundle, items: Iterable<Item>): Map<string, Cell> {
  const cells = new Map<string, Cell>()
  const texts = new Map<string, string>()
  for (const m of bundle.marks) {
    if (m.kind !== 'mark' && m.kind !== 'not_performed') continue
    cells.set(cellKey(m), { ...EMPTY, kind: m.kind, value: m.value, mark_id: m.mark_id })
  }
  for (const item of items) {
    if (item.kind === 'finish' || item.kind === 'clock') continue
    if (item.text) texts.set(item.mark_id, item.text)
    const key = cellKey(item)
    cells.set(key, step(cells.get(key) ?? EMPTY, item))
  }
  for (const cell of cells.values()) cell.text = texts.get(cell.mark_id ?? '') ?? ''
  return cells
}

function step(cell: Cell, item: Item): Cell {
  if (item.state === 'returned') return item.dismissed ? cell : { ...cell, returned: item }
  const settled = { ...cell, returned: null }
  if (item.state === 'accepted' && item.late) return { ...settled, late: true }
  if (item.state === 'accepted' && item.covered) return settled
  const state = item.state === 'pending' ? 'pending' : 'saved'
  if (item.kind === 'withdraw') return { ...settled, kind: null, value: '', mark_id: null, state }
  return { ...settled, kind: item.kind as Cell['kind'], value: item.value, mark_id: item.mark_id, state }
}

/** Sheets (criterion by criterion) that are finished, "work\ncriterion". */
export function finishedOf(bundle: Bundle, items: Iterable<Item>): Set<string> {
  const done = new Set(bundle.finished.map((f) => `${f.work}\n${f.criterion}`))
  for (const i of items) if (i.kind === 'finish' && i.state !== 'returned') done.add(`${i.work}\n${i.aspect}`)
  return done
}

/** The latest round of each judgement that anybody has spoken of, by roundKey. */
export type Rounds = ReadonlyMap<string, number>

/** Each attempt is a judgement of its own, with rounds of its own. */
export function roundKey(work: string, aspect: string, attempt: number): string {
  return `${work}\n${aspect}\n${attempt}`
}

/** The places of one aspect of a work: one for each attempt, in the round that is on. */
export function placesOf(work: string, pad: Pad, rounds: Rounds): Place[] {
  return Array.from({ length: pad.attempts || 1 }, (_, i) => ({
    work,
    aspect: pad.id,
    attempt: i + 1,
    round: rounds.get(roundKey(work, pad.id, i + 1)) ?? 1,
  }))
}

export function isMarked(cells: Cells, work: string, pad: Pad, rounds: Rounds): boolean {
  return placesOf(work, pad, rounds).every((p) => cells.get(cellKey(p))?.kind)
}

export interface Progress {
  done: number
  need: number
}

/** How many of the required aspects have their mark. */
export function progressOf(pads: Iterable<Pad>, cells: Cells, work: string, rounds: Rounds): Progress {
  let done = 0
  let need = 0
  for (const pad of pads) {
    if (!pad.required) continue
    need++
    if (isMarked(cells, work, pad, rounds)) done++
  }
  return { done, need }
}

export function sheetsOf(bundle: Bundle, work: Work): Sheet[] {
  return bundle.sheets.filter((s) => work.criteria.includes(s.criterion.id))
}

export function padsOf(sheets: readonly Sheet[]): Pad[] {
  return sheets.flatMap((s) => s.subs.flatMap((sub) => sub.aspects))
}

export type WorkState = 'todo' | 'doing' | 'done'

/** 未评, 在评, 已评完. */
export function workState(progress: Progress, touched: boolean, finished: boolean): WorkState {
  if (finished) return 'done'
  return progress.done > 0 || touched ? 'doing' : 'todo'
}
