import type { FilingState, PlanLine } from './wire'

/** What the reader asked to see of a year. Empty means any. */
export interface Wanted {
  q: string
  contest: string
  class: string
  state: FilingState | ''
}

/** The lines that are wanted, in the plan's order. Words must all be found. */
export function narrowed(lines: readonly PlanLine[], w: Wanted): PlanLine[] {
  const words = w.q.toLowerCase().split(/\s+/).filter(Boolean)
  return lines.filter(({ event: e, filing: f }) => {
    const text = [e.trade, e.trade_en, e.title, e.title_en, e.group, e.code, e.host_name, e.host, f.number]
      .join(' ')
      .toLowerCase()
    return (
      (!w.contest || e.contest === w.contest) &&
      (!w.class || f.class === w.class) &&
      (!w.state || f.state === w.state) &&
      words.every((x) => text.includes(x))
    )
  })
}

/** How many lines stand in each state, for the states that any stands in, in the order of the way. */
export function counted(
  lines: readonly PlanLine[],
  order: readonly FilingState[],
): { state: FilingState; n: number }[] {
  return order
    .map((state) => ({ state, n: lines.filter((l) => l.filing.state === state).length }))
    .filter((c) => c.n > 0)
}
