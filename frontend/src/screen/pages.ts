/** Rows on a page: all of them whole, readable from the last row of seats. */
export const ROWS = 9
/** How long a page stands, in milliseconds. */
export const PAGE = 12_000

export function pagesOf(rows: number): number {
  return Math.max(1, Math.ceil(rows / ROWS))
}

/** How many pages begin within an event's time. */
export function pagesWithin(seconds: number): number {
  return Math.max(1, Math.ceil((seconds * 1000) / PAGE))
}

/** How long an event's turn is that shows so many pages, in milliseconds: no page is cut short. */
export function turn(pages: number, seconds: number): number {
  return Math.max(seconds * 1000, pages * PAGE)
}

/** Which page stands after so long, beginning with the first. */
export function pageAt(elapsed: number, pages: number): number {
  return Math.floor(Math.max(0, elapsed) / PAGE) % pages
}

/** The event whose turn is next: after one that is gone from the list, the first. */
export function nextOf(ids: string[], now: string): string {
  return ids[(ids.indexOf(now) + 1) % ids.length] ?? ''
}
