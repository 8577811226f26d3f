import type { Feed, Row } from '@/shared/live/frames'

/** Whether a row answers what is searched: name, unit, number or pinyin, of which the server gives the initials. */
export function matches(row: Row, q: string): boolean {
  const word = q.trim().toLowerCase()
  return !word || [row.k, row.name, row.unit, row.py].some((text) => text?.toLowerCase().includes(word))
}

/** Whether there are teams or groups, which want lists of their own. Teams stand behind persons. */
export function isListed({ head, rows }: Feed): boolean {
  return !!(head.rankings || rows.at(-1)?.team)
}

/** Ranks that stand more than once. */
export function shared(rows: Row[]): Set<number> {
  const seen = new Set<number>()
  const twice = new Set<number>()
  for (const { rank } of rows) {
    if (rank && seen.has(rank)) twice.add(rank)
    else if (rank) seen.add(rank)
  }
  return twice
}
