import * as m from '@/paraglide/messages'
import { recordWords, whyWords } from '@/shared/floorwords'
import { said } from '@/shared/said'
import type { FloorSession } from './wire'

/** One record's value, "pause equipment", as one says it. */
export function valueWords(value: string): string {
  const [word = '', argument = ''] = value.split(' ')
  return recordWords({ word, argument })
}

/** Seconds as a clock shows them, "1:32:10"; a dash for what is not told. */
export function lengthOf(seconds: number | null): string {
  if (seconds === null) return '—'
  const two = (n: number) => String(n).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
}

/** A time of day with its second; "" for none. */
export function clockOf(at: string | null): string {
  return at ? new Date(at).toTimeString().slice(0, 8) : ''
}

/** Net seconds some milliseconds after the server told them; null: they are withheld. */
export function netAfter(s: FloorSession, passed: number): number | null {
  if (s.net === null) return null
  return s.state === 'running' ? s.net + Math.max(0, Math.floor(passed / 1000)) : s.net
}

export function signatureWords(s: FloorSession): string {
  if (s.signature) return s.signature.kind === 'signed' ? m.floor_signed() : m.floor_refused()
  return isOf('unsigned', s) ? m.floor_unsigned() : ''
}

/** Which sessions one looks at: all, those that are not ended, those that nobody has signed for. */
export type Which = 'all' | 'open' | 'unsigned'

export function isOf(which: Which, s: FloorSession): boolean {
  if (which === 'open') return s.state === 'waiting' || s.state === 'running' || s.state === 'paused'
  return which === 'all' || (!s.signature && (s.state === 'handed_in' || s.state === 'no_work'))
}

/** Why it stood still, one line a pause. */
export function pauseLines(s: FloorSession): string[] {
  return s.pauses.map((p) =>
    p.to
      ? m.floor_console_pause_line({ why: whyWords(p.why), time: lengthOf(p.seconds) })
      : m.floor_console_running_pause({ why: whyWords(p.why) }),
  )
}

/** The modules of some sessions, each once, in their order. */
export function modulesOf(all: readonly FloorSession[]): { value: string; label: string }[] {
  const found = new Map(
    all.map(({ module: { id, code, name, name_en } }) => [id, `${code} ${said(name, name_en)}`.trim()]),
  )
  return [...found].map(([value, label]) => ({ value, label }))
}
