import * as m from '@/paraglide/messages'
import { said } from '@/shared/said'
import type { Head, Row } from '@/shared/live/frames'
import { fieldOf } from './scenes'

export function stateWord({ phase, frozen }: Pick<Head, 'phase' | 'frozen'>): string {
  const word = {
    waiting: m.screen_waiting,
    running: m.screen_running,
    provisional: m.screen_provisional,
    official: m.screen_official,
  }[phase]()
  return frozen ? `${word} · ${m.screen_frozen()}` : word
}

export function placeOf(head: Head, teams: number): string {
  const { event, entries } = head
  const stages: Record<string, () => string> = {
    preliminary: m.screen_preliminary,
    selection: m.screen_selection,
    final: m.screen_final,
  }
  const parts = [said(event.title, event.title_en), stages[event.stage ?? '']?.(), event.group, event.hall]
  return [...parts, entries ? fieldOf(head, teams) : ''].filter(Boolean).join(' · ')
}

export function kindWord(kind: string | undefined): string {
  return kind === 'demo' ? m.screen_demo() : kind === 'rehearsal' ? m.screen_rehearsal() : ''
}

/** Why a row has no place, "" for one that has. */
export function standing(row: Row): string {
  switch (row.status) {
    case 'dns':
      return m.screen_dns()
    case 'dnf':
      return m.screen_dnf()
    case 'dsq':
      return m.screen_dsq()
    case 'withdrawn':
      return m.screen_withdrawn()
    case 'out':
      return m.screen_out()
  }
  return row.done < row.need ? m.screen_lacks({ n: row.need - row.done }) : ''
}

/** Why a wall shows no names. */
export function whyClosed({ phase, sealed, release, need }: Head): string {
  if (phase === 'waiting' || !need) return m.screen_why_waiting()
  if (sealed) return m.screen_why_sealed()
  return release === 'none' ? m.screen_why_none() : m.screen_why_progress()
}

/** "14:32:05" of a moment in milliseconds. */
export function clockOf(at: number): string {
  return new Date(at).toTimeString().slice(0, 8)
}

/** The size of a trade's name in rem: as large as goes, and whole. */
export function titleSize(text: string): number {
  let ems = 0
  for (const sign of text) ems += sign < '\u2e80' ? 0.62 : 1.05
  return Math.min(9, Math.max(4, 74 / Math.max(1, ems)))
}
