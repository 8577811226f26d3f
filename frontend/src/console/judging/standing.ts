import type { Row } from '@/shared/live/frames'

/** The rows in which all words typed are found: label, name, unit, pinyin. */
export function rowsFitting(rows: readonly Row[], q: string): Row[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.length) return [...rows]
  return rows.filter((r) => {
    const text = [r.k, r.name, r.unit, r.py].join(' ').toLowerCase()
    return words.every((w) => text.includes(w))
  })
}
