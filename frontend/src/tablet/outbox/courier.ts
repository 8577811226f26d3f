import type { Answer, Problem } from '@/shared/http'
import { weigh, type Link, type Result } from './answers'
import type { Outbox } from './outbox'
import type { Item, Session } from './store'

export const MOST = 100
const FIRST_WAIT = 1_000
const LONGEST_WAIT = 5_000

/** How a batch leaves the tablet; more is how many wait behind it. */
export type Post = (session: Session, marks: object[], more: number) => Promise<Answer<{ results: Result[] }>>

export interface Report {
  /** null: nothing new is known, a batch has only just left. */
  link: Link | null
  sending: number
  problem: Problem | null
  changed: Item[]
}

/** What the courier cannot know by itself; tests bring their own. */
export interface Surroundings {
  post: Post
  report: (report: Report) => void
  random?: () => number
  later?: (run: () => void, ms: number) => () => void
}

/**
 * Carries the outbox to the server while the page is open: one batch in flight, oldest first, at once after a tap,
 * and again with growing pauses until every command has its answer. No Background Sync: half of the browsers lack it.
 */
export class Courier {
  private session: Session | null = null
  private running: Promise<void> | null = null
  private again = false
  private most = MOST
  private failures = 0
  private cancel: (() => void) | null = null

  constructor(
    private readonly outbox: Outbox,
    private readonly around: Surroundings,
  ) {}

  /** Whose marks are carried; null stops it after the batch in flight. */
  async serve(session: Session | null): Promise<void> {
    this.session = session
    this.cancel?.()
    this.cancel = null
    if (session) await this.kick()
  }

  /** Sends what waits now. Calls while a round is running ask for one more round, never for a second carrier. */
  kick(): Promise<void> {
    this.cancel?.()
    this.cancel = null
    this.again = true
    this.running ??= this.rounds().finally(() => (this.running = null))
    return this.running
  }

  private async rounds(): Promise<void> {
    while (this.again) {
      this.again = false
      let wait: number | null
      do wait = await this.round()
      while (wait === 0)
      if (wait !== null) this.comeBack(wait)
    }
  }

  /** One batch. The pause before the next: 0 goes on at once, null has nothing more to do. */
  private async round(): Promise<number | null> {
    const session = this.session
    if (!session) return null
    try {
      const waiting = await this.outbox.pending(session, Infinity)
      const batch = waiting.slice(0, this.most)
      if (batch.length === 0) return null
      // A tablet whose storage is full cannot note this; its marks are safer on the server than here.
      await this.outbox.claim(batch).catch(() => undefined)
      this.around.report({ link: null, sending: batch.length, problem: null, changed: [] })
      const verdict = weigh(batch, await this.around.post(session, batch.map(wire), waiting.length - batch.length))
      const changed = await this.outbox.settle(verdict.fates).catch(() => null)
      this.around.report({ link: verdict.link, sending: 0, problem: verdict.problem, changed: changed ?? [] })
      if (!changed) return this.pause(verdict.wait) // nothing could be written down: what was sent goes again
      if (verdict.link !== 'good') return this.pause(verdict.link === 'sign_in' ? 30 : verdict.wait)
      this.failures = 0
      this.most = verdict.halve ? Math.ceil(batch.length / 2) : Math.min(MOST, this.most * 2)
      return 0
    } catch {
      // The tablet's own storage cannot be read.
      this.around.report({ link: null, sending: 0, problem: null, changed: [] })
      return this.pause(0)
    }
  }

  /** Grows to 5 s and is spread by a quarter to either side, so that a hall does not come back in one beat. */
  private pause(asked: number): number {
    const grown = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.failures++)
    const spread = 0.75 + (this.around.random ?? Math.random)() / 2
    return Math.max(asked * 1000, grown) * spread
  }

  private comeBack(ms: number): void {
    this.cancel?.()
    const later = this.around.later ?? timeout
    this.cancel = later(() => {
      this.cancel = null
      void this.kick()
    }, ms)
  }
}

function timeout(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** The command as the interface has it; what is only the tablet's own business stays here. */
function wire(i: Item): object {
  return {
    mark_id: i.mark_id,
    event: i.event,
    chair: i.chair,
    work: i.work,
    aspect: i.aspect,
    attempt: i.attempt,
    round: i.round,
    kind: i.kind,
    value: i.value,
    version: i.version,
    ...(i.supersedes ? { supersedes: i.supersedes } : {}),
    device_seq: i.device_seq,
    client_at: i.client_at,
    ...(i.text ? { text: i.text } : {}),
  }
}
