import * as m from '@/paraglide/messages'
import { said } from '@/shared/said'
import type { Phase } from '@/shared/live/frames'

export function phaseWord(phase: Phase): string {
  if (phase === 'official') return m.board_official()
  if (phase === 'provisional') return m.board_provisional()
  return phase === 'running' ? m.board_running() : m.board_waiting()
}

/** Stage, title, group and hall of an event in one line, without what it lacks. */
export function placeOf(e: {
  stage?: string
  title?: string
  title_en?: string
  group?: string
  hall?: string
}): string {
  const stages: Record<string, () => string> = {
    preliminary: m.board_preliminary,
    selection: m.board_selection,
    final: m.board_final,
  }
  return [said(e.title, e.title_en), stages[e.stage ?? '']?.(), e.group, e.hall].filter(Boolean).join(' · ')
}

/** What a kind other than a real contest says of itself. */
export function kindWord(kind: string | undefined): string {
  return kind === 'demo' ? m.board_demo() : kind === 'rehearsal' ? m.board_rehearsal() : ''
}

/** The time of day of a moment in milliseconds, "14:32:05". */
export function clockOf(at: number): string {
  return new Date(at).toTimeString().slice(0, 8)
}
