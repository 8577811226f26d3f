/** The day in China, as 2026-04-13. */
export function today(now = Date.now()): string {
  return new Date(now + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** How many days are left with today: 0 when the last day has gone. */
export function daysLeft(last: string, now = Date.now()): number {
  return Math.max(0, Math.round((Date.parse(last) - Date.parse(today(now))) / 86_400_000) + 1)
}
