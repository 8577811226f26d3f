import type { Feed } from '@/shared/live/frames'

// One board, the last that was shown: what a wall paints at once after a reload, before anybody has answered.
const KEY = 'jiangtai.screen.last'
const EVERY = 2000

export interface Kept {
  topic: string
  feed: Feed
  /** When the server last said that this is so, in milliseconds by its clock. */
  at: number
}

let written = 0

export function keepLast(kept: Kept, now = Date.now()): void {
  if (now - written < EVERY) return
  written = now
  try {
    localStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    // no storage: the wall begins anew after a reload
  }
}

export function lastGood(): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Kept | null
    return kept && Array.isArray(kept.feed.rows) && typeof kept.feed.head.phase === 'string' ? kept : null
  } catch {
    return null
  }
}
