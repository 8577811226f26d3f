import { keep, recall } from '../kept'

const KEY = 'jiangtai.mine'
const MOST = 50

/** The entry number that this device's owner said is his in an event, "" for none. It never leaves the device. */
export function mine(event: string): string {
  return all().find(([id]) => id === event)?.[1] ?? ''
}

export function setMine(event: string, k: string): void {
  const rest = all().filter(([id]) => id !== event)
  keep(KEY, JSON.stringify((k ? [[event, k], ...rest] : rest).slice(0, MOST)))
}

function all(): [string, string][] {
  try {
    const kept: unknown = JSON.parse(recall(KEY) ?? '[]')
    return Array.isArray(kept) ? (kept as [string, string][]) : []
  } catch {
    return []
  }
}
