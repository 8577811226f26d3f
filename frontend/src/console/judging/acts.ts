import type { ActKind, Phase, Role } from '../wire'
import type { Lack } from './stages'

/** The acts on an event as a whole, in the order in which they come. */
export const eventActs = ['open', 'freeze', 'unfreeze', 'lock', 'unseal', 'publish', 'policy', 'reopen'] as const
export type EventAct = (typeof eventActs)[number]

/** Why an act is not to be had now. The server decides; this says it before one asks. */
export type Why =
  | 'role'
  | 'lacks'
  | 'not_open'
  | 'already_open'
  | 'already_frozen'
  | 'not_frozen'
  | 'locked'
  | 'not_locked'
  | 'published'
  | 'sealed'
  | 'not_sealed'

export interface Situation {
  phase: Phase
  frozen: boolean
  sealed: boolean
  lacks: readonly Lack[]
  /** Tablets that have marks which have not come: outboxes that are not empty, numbers that never came. */
  unsent: number
  kind: string
  mayAct: (roles: readonly Role[]) => boolean
}

/** What an act needs beside the press of a button. */
export interface Needs {
  reason: boolean
  /** A second person signs in as well. */
  second: boolean
  /** Cannot simply be taken back: the button is red and the dialog says so. */
  grave: boolean
}

const heads: Role[] = ['chief_judge', 'organiser', 'administrator']
const openers: Role[] = [...heads, 'host']

/** Why the act is not to be had, or null when it is. */
export function whyNot(act: EventAct, s: Situation): Why | null {
  if (!s.mayAct(act === 'open' ? openers : heads)) return 'role'
  const { phase } = s
  if (act === 'open') {
    if (phase !== 'waiting') return 'already_open'
    return s.lacks.length ? 'lacks' : null
  }
  if (phase === 'waiting') return 'not_open'
  switch (act) {
    case 'freeze':
      if (s.frozen) return 'already_frozen'
      return phase === 'official' ? 'published' : null
    case 'unfreeze':
      return s.frozen ? null : 'not_frozen'
    case 'lock':
      return phase === 'running' ? null : 'locked'
    case 'unseal':
      if (!s.sealed) return 'not_sealed'
      return phase === 'running' ? 'not_locked' : null
    case 'publish':
      if (phase === 'official') return 'published'
      if (phase === 'running') return 'not_locked'
      return s.sealed ? 'sealed' : null
    case 'reopen':
      return phase === 'running' ? 'not_locked' : null
    case 'policy':
      return null
  }
}

/** What the act asks of a person. */
export function needsOf(act: ActKind, s: Pick<Situation, 'kind' | 'unsent'>): Needs {
  const real = s.kind === 'real'
  return {
    reason: ['reopen', 'status', 'count', 'absent', 'decide'].includes(act),
    second:
      act === 'unseal' ||
      act === 'count' ||
      (real && (act === 'publish' || act === 'reopen')) ||
      (act === 'lock' && s.unsent > 0),
    grave: act === 'unseal' || act === 'publish' || act === 'reopen' || (act === 'lock' && s.unsent > 0),
  }
}

/** The step that comes next, to be shown first. */
export function nextAct(s: Situation): EventAct | null {
  switch (s.phase) {
    case 'waiting':
      return 'open'
    case 'running':
      return 'lock'
    case 'provisional':
      return s.sealed ? 'unseal' : 'publish'
    case 'official':
      return null
  }
}

/** How many marks have not come from how many tablets. */
export function unsentOf(devices: readonly { pending: number; holes: readonly number[] }[]): {
  tablets: number
  marks: number
} {
  const some = devices.filter((d) => d.pending + d.holes.length > 0)
  return {
    tablets: some.length,
    marks: some.reduce((sum, d) => sum + d.pending + d.holes.length, 0),
  }
}

/** How many signatures have not come from tablets in use: what a replaced one still holds counts no more. */
export function unsentSignatures(
  states: readonly { device: string; signatures?: number }[],
  tablets: readonly { id: string; frozen: boolean }[],
): number {
  const inUse = new Set(tablets.filter((t) => !t.frozen).map((t) => t.id))
  return states.reduce((sum, d) => sum + (inUse.has(d.device) ? (d.signatures ?? 0) : 0), 0)
}
