import type { Answer } from '@/shared/http'
import { copy } from '../outbox/second'
import type { Database, Reason, Session, Signature } from '../outbox/store'
import { postReopening, postSignature, type Receipt } from './interface'

/** A signature with the text that was signed, so that it can be said what differs when the server refuses it. */
export interface Signed extends Omit<Signature, 'state'> {
  state: Signature['state'] | 'withdrawn'
  shown: string
  /** Handed to the network: it may be on the server, whatever became of the answer. */
  tried?: boolean
  receipt?: { number: string; at: string }
}

/** 重开: the signature is taken back, with a reason. */
export interface Reopening extends Omit<Signature, 'kind' | 'digest' | 'strokes'> {
  kind: 'reopening'
  why: string
}

export type Entry = Signed | Reopening

const RETURNED = new Set([400, 403, 404, 405, 409, 413, 415, 422, 423])

export const isOf = (e: Entry, s: Session): boolean => e.event === s.event.id && e.chair === s.chair.number

/** What was signed on this tablet, in the order of signing. Written down with a flush to the disk before it counts. */
export class Queue {
  constructor(private readonly db: Database) {}

  async list(): Promise<Entry[]> {
    return ((await this.db.get('kept', 'signatures')) as Entry[] | undefined) ?? []
  }

  /** Changes the list in one transaction; another page of this tablet may have written meanwhile. */
  async change(how: (list: Entry[]) => Entry[]): Promise<Entry[]> {
    const tx = this.db.transaction('kept', 'readwrite', { durability: 'strict' })
    const next = how(((await tx.store.get('signatures')) as Entry[] | undefined) ?? [])
    await tx.store.put(next, 'signatures')
    await tx.done
    await copy({ in: 'kept', key: 'signatures', value: next })
    return next
  }
}

/** What the server made of one entry; null: nobody has decided, it goes again. */
export function fateOf(entry: Entry, answer: Answer<Receipt>): Partial<Signed> | null {
  if (answer.kind === 'ok') {
    const { number, at } = answer.data ?? {}
    return number && at ? { state: 'accepted', receipt: { number, at }, reason: undefined } : null
  }
  if (answer.kind === 'nothing' || !RETURNED.has(answer.problem.status)) return null
  // A signature that never arrived needs no taking back.
  if (entry.kind === 'reopening' && answer.problem.status === 404) return { state: 'accepted' }
  const { status, code, title, fields, request_id } = answer.problem
  const reason: Reason = { status, code, title, fields, request_id }
  return { state: 'returned', reason }
}

export function post(session: Session, entry: Entry): Promise<Answer<Receipt>> {
  if (entry.kind === 'reopening') return postReopening(session, entry.signature_id, entry.why)
  const { signature_id, kind, digest, strokes, client_at } = entry
  return postSignature(session, { signature_id, kind, digest, strokes, client_at: Math.max(0, Math.round(client_at)) })
}
