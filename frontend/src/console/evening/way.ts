import * as m from '@/paraglide/messages'
import type { Line, LineKind, Outstanding } from '../results/wire'

/** The steps from the last mark to the published list, in their order. */
const order = ['marks', 'lock', 'sheets', 'summaries', 'recheck', 'unseal', 'list', 'publish'] as const
export type StepKey = (typeof order)[number]

/** 一步: how far it is; left counts what it still wants, line is the first thing that does it. */
export interface Step {
  key: StepKey
  state: 'done' | 'now' | 'later'
  left: number
  line: Line | null
}

const places: Partial<Record<LineKind, StepKey>> = {
  lock: 'lock',
  mark_sheet: 'sheets',
  panel_summary: 'summaries',
  recheck_draw: 'recheck',
  recheck_left: 'recheck',
  recheck_wrong: 'recheck',
  recheck_recused: 'recheck',
  recusal: 'recheck',
  unseal: 'unseal',
  result_list: 'list',
  tie: 'publish',
  publish: 'publish',
}
const after: LineKind[] = ['notice', 'notice_void']
const words: Record<StepKey, () => string> = {
  marks: m.evening_step_marks,
  lock: m.evening_step_lock,
  sheets: m.evening_step_sheets,
  summaries: m.evening_step_summaries,
  recheck: m.evening_step_recheck,
  unseal: m.evening_step_unseal,
  list: m.evening_step_list,
  publish: m.evening_step_publish,
}
export const stepWord = (k: StepKey) => words[k]()

/** A light chain asks for no paper; an event without labels has nothing to unseal. */
function asked(key: StepKey, out: Outstanding, has: boolean): boolean {
  if (key === 'sheets' || key === 'summaries' || key === 'list') return out.chain === 'full' || has
  if (key === 'recheck') return out.chain === 'full' || has
  return key !== 'unseal' || out.sealed || has
}

/** The way as it stands: what is done, the one step that is next, and what comes later. */
export function wayOf(out: Outstanding): Step[] {
  const at = new Map<StepKey, Line[]>()
  for (const line of out.lines) {
    if (after.includes(line.kind)) continue
    const key = places[line.kind] ?? 'marks'
    at.set(key, [...(at.get(key) ?? []), line])
  }
  const locked = out.phase === 'provisional' || out.phase === 'official'
  let reached = false
  const steps: Step[] = []
  for (const key of order) {
    const lines = at.get(key) ?? []
    if (!asked(key, out, lines.length > 0)) continue
    // Before the lock nobody knows yet what will be missing behind it.
    const known = key === 'marks' || key === 'lock' || locked
    const isDone = known && lines.length === 0 && (key !== 'lock' || locked)
    const state = isDone ? 'done' : reached ? 'later' : 'now'
    reached ||= !isDone
    steps.push({
      key,
      state,
      left: key === 'marks' && out.need > out.done ? out.need - out.done : lines.reduce((n, l) => n + l.count, 0),
      line: lines[0] ?? null,
    })
  }
  return steps
}

/** The step that is to be done now; null when the result is out. */
export const nextOf = (steps: readonly Step[]) => steps.find((s) => s.state === 'now') ?? null
