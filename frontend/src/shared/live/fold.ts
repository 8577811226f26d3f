import type { Feed, Frame, Head, Row } from './frames'

/** What a frame makes of a feed: the feed it leads to, or why it leads nowhere. */
export type Taken = Feed | 'old' | 'gap'

/**
 * Folds one frame. A frame says "these rows are now so", so one that begins before where we are and ends after it
 * may be taken; one that begins later leaves a gap, and one that ends earlier is old. Never changes what it is given.
 */
export function take(feed: Feed | null, frame: Frame): Taken {
  const same = feed?.epoch === frame.epoch
  if (frame.snapshot) {
    // The same n is taken again: names may have been corrected.
    return same && frame.to < feed.n ? 'old' : made(frame, frame.head as Head, frame.rows)
  }
  if (!feed || !same || frame.from > feed.n) return 'gap'
  if (frame.to <= feed.n) return 'old'
  const rows = new Map(feed.rows.map((row) => [row.k, row]))
  for (const row of frame.rows) rows.set(row.k, row)
  for (const k of frame.gone ?? []) rows.delete(k)
  return made(frame, { ...feed.head, ...frame.head }, [...rows.values()])
}

function made(frame: Frame, head: Head, rows: Row[]): Feed {
  return {
    epoch: frame.epoch,
    n: frame.to,
    at: frame.ts,
    head,
    rows: [...rows].sort((a, b) => Number(a.team ?? 0) - Number(b.team ?? 0) || a.pos - b.pos),
  }
}
