import type { Link } from './answers'

/** All that the words about the state depend on. */
export interface SyncFacts {
  /** null until the server has been asked for the first time. */
  link: Link | null
  /** When the server last spoke, by the tablet's clock; null when it never did. */
  lastGood: number | null
  sending: number
  waiting: number
  returned: number
  /** This page may not write: another one of this tablet does. */
  readonly: boolean
  /** Another tablet has this chair. */
  replaced: boolean
  /** Marks of this tablet that lie with the chief judge and do not count by themselves. */
  handed: number
  /** The last tap could not be written to the tablet's disk. */
  broken: boolean
}

export type SyncWord =
  'broken' | 'replaced' | 'readonly' | 'sign_in' | 'full' | 'busy' | 'offline' | 'sending' | 'opening' | 'synced'

/** One word for the state, the gravest first. It follows the last exchange, never what the browser believes. */
export function syncWord(f: SyncFacts): SyncWord {
  if (f.broken) return 'broken'
  if (f.replaced) return 'replaced'
  if (f.readonly) return 'readonly'
  if (f.link === 'sign_in') return 'sign_in'
  if (f.link === 'full') return 'full'
  if (f.link === 'busy') return 'busy'
  if (f.link === 'silent') return 'offline'
  if (f.sending > 0 || f.waiting > 0) return 'sending'
  return f.lastGood === null ? 'opening' : 'synced'
}
