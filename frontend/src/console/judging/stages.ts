import type { Phase } from '../wire'

/** 赛项的五步: what an event goes through on the control desk. */
export const stages = ['prepare', 'mark', 'lock', 'unseal', 'publish'] as const
export type Stage = (typeof stages)[number]

/** done: behind us; here: it stands here; later: not yet; none: this event has no such step. */
export type StageState = 'done' | 'here' | 'later' | 'none'

export interface Standing {
  phase: Phase
  sealed: boolean
  done: number
  need: number
}

/** What an event that is not open yet lacks. */
export type Lack = 'scheme' | 'chairs' | 'entries'

/** What the organisers' setup of an event says about its readiness. */
export interface Setup {
  /** Panels of the scheme with the number of chairs that it asks for; null without a scheme. */
  panels: { id: string; chairs: number }[] | null
  /** The panel of each chair. */
  seated: string[]
  entries: number
}

/** Where an event stands, step by step. A running event that may have nothing sealed shows the unsealing as none. */
export function stagesOf(s: Standing): Record<Stage, StageState> {
  const later: Record<Stage, StageState> = {
    prepare: 'done',
    mark: 'later',
    lock: 'later',
    unseal: s.sealed ? 'later' : 'none',
    publish: 'later',
  }
  switch (s.phase) {
    case 'waiting':
      return { ...later, prepare: 'here' }
    case 'running':
      return s.need > 0 && s.done >= s.need ? { ...later, mark: 'done', lock: 'here' } : { ...later, mark: 'here' }
    case 'provisional':
      return s.sealed
        ? { ...later, mark: 'done', lock: 'done', unseal: 'here' }
        : { ...later, mark: 'done', lock: 'done', publish: 'here' }
    case 'official':
      return { ...later, mark: 'done', lock: 'done', publish: 'done' }
  }
}

/** What is missing before an event can be opened, in the order in which it is mended. */
export function lacks(setup: Setup): Lack[] {
  const out: Lack[] = []
  if (!setup.panels) out.push('scheme')
  else if (unseated(setup).length > 0) out.push('chairs')
  if (setup.entries === 0) out.push('entries')
  return out
}

/** Panels whose chairs are not what the scheme asks for: none at all, or another number. */
export function unseated(setup: Setup): { id: string; seated: number; chairs: number }[] {
  return (setup.panels ?? [])
    .map((p) => ({ ...p, seated: setup.seated.filter((id) => id === p.id).length }))
    .filter((p) => p.seated === 0 || (p.chairs > 0 && p.seated !== p.chairs))
}
