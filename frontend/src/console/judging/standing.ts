import * as m from '@/paraglide/messages'
import type { Ranking, Row } from '@/shared/live/frames'

/** The rows in which all words typed are found: label, name, unit, pinyin. */
export function rowsFitting<R extends Row>(rows: readonly R[], q: string): R[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.length) return [...rows]
  return rows.filter((r) => {
    const text = [r.k, r.name, r.unit, r.py].join(' ').toLowerCase()
    return words.every((w) => text.includes(w))
  })
}

export function rankingWord(by: Ranking): string {
  return { group: m.console_by_group, county: m.console_by_county, unit: m.console_by_unit }[by]()
}
