import * as m from '@/paraglide/messages'
import { clockText } from './clock'

/** A moment with its second: two records of one minute must be told apart. */
export function momentWords(at: number): string {
  const d = new Date(at)
  return [d.getHours(), d.getMinutes(), d.getSeconds()].map((n) => String(n).padStart(2, '0')).join(':')
}

/** Added time, "0:05:00". */
export const addedWords = (seconds: number): string => m.floor_added({ time: clockText(seconds) })
