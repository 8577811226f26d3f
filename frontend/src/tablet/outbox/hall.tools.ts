import type { Answer } from '@/shared/http'
import type { Result } from './answers'
import type { Draft } from './outbox'
import type { Session } from './store'

// What the tests of the outbox share: a chair, what it taps, and a server that remembers.

export type Reply = Answer<{ results: Result[] }>
export type Wire = { mark_id: string; device_seq: number; supersedes?: string; value: string; aspect: string }

export const session: Session = {
  token: 't',
  device: 'd1',
  event: { id: 'e1', trade: '焊工' },
  chair: { number: 3, panel: 'p', seat: 1, judge: '周敏', chief: false },
}

export const draft = (aspect: string, value = '1', more: Partial<Draft> = {}): Draft => ({
  work: '417A',
  aspect,
  attempt: 1,
  round: 1,
  kind: 'mark',
  value,
  version: 1,
  supersedes: null,
  ...more,
})

export const problem = (status: number, code: string): Reply => ({
  kind: 'problem',
  problem: { status, code, title: '', request_id: 'r' },
})

/** A server that keeps what it accepted, by mark id, the same for every repeat. */
export class Hall {
  records = new Map<string, Wire>()
  batches: Wire[][] = []
  refuse = new Set<string>()
  answer = (marks: Wire[]): Reply => ({
    kind: 'ok',
    status: 207,
    etag: null,
    data: { results: marks.map((m) => this.take(m)) },
  })

  take(m: Wire): Result {
    if (this.refuse.has(m.aspect)) {
      const p = { status: 422, code: 'judging.above_max', title: '超出满分', request_id: 'r' }
      return { status: 422, mark_id: m.mark_id, problem: p }
    }
    const first = this.records.get(m.mark_id)
    if (first && JSON.stringify(first) !== JSON.stringify(m)) {
      const p = { status: 422, code: 'judging.other_payload', title: '', request_id: 'r' }
      return { status: 422, mark_id: m.mark_id, problem: p }
    }
    this.records.set(m.mark_id, m)
    return { status: 200, mark_id: m.mark_id, receipt: { mark_id: m.mark_id, seq: this.records.size } }
  }
}
