import type { Feed } from './frames'

/** How long 升 and 降 stand beside a row. */
export const MOVE_STANDS = 60_000

interface Move {
  /** The rank before the first move that still stands. */
  from: number
  at: number
}

export type Moves = ReadonlyMap<string, Move>

/**
 * Remembers who changed rank between two states of one feed. A row that goes up by two and down by one within the
 * minute rose by one. Nothing is said of sealed events, of a first state, or across a change of history.
 */
export function moved(moves: Moves, was: Feed | null, now: Feed, at: number): Moves {
  if (!was || was.epoch !== now.epoch || now.head.sealed) return was === now ? moves : new Map()
  const next = new Map([...moves].filter(([, move]) => at - move.at < MOVE_STANDS))
  const ranks = new Map(was.rows.map((row) => [row.k, row.rank]))
  for (const { k, rank } of now.rows) {
    const before = ranks.get(k)
    if (before && rank && before !== rank) next.set(k, { from: next.get(k)?.from ?? before, at })
  }
  return next
}

/** Places won (above 0) or lost (below 0) that still stand. */
export function rise(moves: Moves, k: string, rank: number | undefined, now: number): number {
  const move = moves.get(k)
  return move && rank && now - move.at < MOVE_STANDS ? move.from - rank : 0
}
