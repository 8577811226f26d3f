import type { Check, State } from '@/shared/checks'

/** How one check came out; detail is a short figure, the same in every language. */
export interface Line {
  check: Check
  state: State
  detail: string
  /** A second way to be well, with words of its own: a battery that is charging. */
  way?: 'charging'
}

/** What has to be done about it decides more than how many are well. */
export type Verdict = 'ok' | 'attention' | 'fail'

export function verdictOf(lines: readonly Line[]): Verdict {
  if (lines.some((l) => l.state === 'fail')) return 'fail'
  return lines.some((l) => l.state === 'attention') ? 'attention' : 'ok'
}

/** A span of time as people say it: "13 ms", "+2.4 s", "−3 h". */
export function spell(ms: number, signed = false): string {
  const sign = !signed || Math.round(ms / 100) === 0 ? '' : ms > 0 ? '+' : '−'
  const n = Math.abs(ms)
  if (n < 1000 && !signed) return `${Math.round(n)} ms`
  const units: [number, string][] = [
    [365 * 86_400_000, 'a'],
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
  ]
  for (const [size, unit] of units) if (n >= 2 * size) return `${sign}${Math.round(n / size)} ${unit}`
  return `${sign}${(n / 1000).toFixed(1)} s`
}

/** Bytes as people say it: "3.2 GB". */
export function spellBytes(n: number): string {
  if (n >= 1e9) return `${(n / 1e9).toFixed(1)} GB`
  return `${Math.floor(n / 1e6)} MB`
}

export function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}
