import { computed, effectScope, shallowRef, watch } from 'vue'
import type { components } from '@/shared/api'
import { ask, type Answer } from '@/shared/http'
import { locale } from '@/shared/locale'
import { copy } from '../outbox/second'
import type { Call, Database, Reason, Session } from '../outbox/store'
import { callNews } from '../panels'
import type { Tablet } from '../tablet'

type Told = components['schemas']['Call']

/** 呼叫: as it was made here, with what the server last told of it. */
export interface Kept extends Call {
  told?: Told
  /** How much of what was said has been looked at. */
  seen?: number
}

const RETURNED = new Set([400, 403, 404, 405, 413, 415, 422])
const ASK_EVERY = 5_000
const all = new WeakMap<Tablet, Calls>()

/** The calls of this tablet: one for a page. */
export function callsOf(tablet: Tablet): Calls {
  const found = all.get(tablet) ?? new Calls(tablet)
  all.set(tablet, found)
  return found
}

/** Calls of this chair: they wait here without a network, go behind the marks, and bring the answer back. */
export class Calls {
  readonly list = shallowRef<Kept[]>([])
  /** A call could not be written down. */
  readonly broken = shallowRef(false)
  private readonly mine = computed(() => {
    const who = this.tablet.session.value
    return who ? this.list.value.filter((c) => c.event === who.event.id && c.chair === who.chair.number) : []
  })
  /** The newest first. */
  readonly shown = computed(() => [...this.mine.value].sort((a, b) => b.client_at - a.client_at))
  private readonly open = computed(() => this.mine.value.some((c) => c.state === 'accepted' && !c.told?.closed))

  constructor(private readonly tablet: Tablet) {
    effectScope(true).run(() => {
      watch(tablet.session, () => void this.load(), { immediate: true })
      watch(this.mine, () => (callNews.value = this.news()))
    })
    tablet.errand(() => this.carry())
    setInterval(() => this.open.value && document.visibilityState === 'visible' && void this.hear(), ASK_EVERY)
  }

  private news(): number {
    return this.mine.value.filter((c) => (c.told?.said ?? []).filter((s) => s.text).length > (c.seen ?? 0)).length
  }

  private async load(): Promise<void> {
    this.list.value = await read(this.tablet.db)
    if (this.open.value) void this.hear()
  }

  /** Writes a call down, then sends it; false when it could not be written. */
  async make(about: Call['about'], work: string, text: string): Promise<boolean> {
    const who = this.tablet.session.value
    if (!who || this.tablet.sync.value.readonly) return false
    const call: Kept = {
      call_id: crypto.randomUUID(),
      event: who.event.id,
      chair: who.chair.number,
      client_at: Date.now(),
      state: 'pending',
      about,
      ...(work ? { work } : {}),
      ...(text ? { text } : {}),
    }
    try {
      await this.change((list) => [...list, call])
      this.broken.value = false
    } catch {
      this.broken.value = true
      return false
    }
    this.tablet.follow()
    return true
  }

  private async change(how: (list: Kept[]) => Kept[]): Promise<void> {
    const tx = this.tablet.db.transaction('kept', 'readwrite', { durability: 'strict' })
    const next = how(((await tx.store.get('calls')) as Kept[] | undefined) ?? [])
    await tx.store.put(next, 'calls')
    await tx.done
    await copy({ in: 'kept', key: 'calls', value: next })
    this.list.value = next
  }

  private put(id: string, part: Partial<Kept>): Promise<void> {
    return this.change((list) => list.map((c) => (c.call_id === id ? { ...c, ...part } : c)))
  }

  /** Sends what waits, in its order; gives up at the first silence. */
  private async carry(): Promise<void> {
    for (const call of this.mine.value.filter((c) => c.state === 'pending')) {
      const who = this.tablet.session.value
      if (!who) return
      const answer = await post(who, call)
      this.tablet.link.answered(answer)
      if (answer.kind === 'ok') await this.put(call.call_id, { state: 'accepted', told: answer.data })
      else if (answer.kind === 'problem' && RETURNED.has(answer.problem.status)) {
        const { status, code, title, fields, request_id } = answer.problem
        const reason: Reason = { status, code, title, fields, request_id }
        await this.put(call.call_id, { state: 'returned', reason })
      } else return
    }
  }

  /** Asks what was said. */
  async hear(): Promise<void> {
    const who = this.tablet.session.value
    if (!who || who.replaced) return
    const answer = await ask<{ calls: Told[] }>('GET', '/api/v1/tablet/calls', own(who))
    if (answer.kind !== 'ok' || !Array.isArray(answer.data?.calls) || this.tablet.session.value !== who) return
    const told = new Map(answer.data.calls.map((c) => [c.call_id, c]))
    const isNew = (c: Kept) => {
      const now = told.get(c.call_id)
      return now && (now.closed !== c.told?.closed || now.said.length !== (c.told?.said.length ?? 0))
    }
    if (!this.list.value.some(isNew)) return
    await this.change((list) => list.map((c) => ({ ...c, told: told.get(c.call_id) ?? c.told }))).catch(() => undefined)
  }

  /** What was said has been read. */
  async look(): Promise<void> {
    if (this.news() === 0) return
    const count = (c: Kept) => (c.told?.said ?? []).filter((s) => s.text).length
    await this.change((list) => list.map((c) => ({ ...c, seen: count(c) }))).catch(() => undefined)
  }

  /** The judge closes his call himself; false when the server did not hear it. */
  async takeBack(id: string): Promise<boolean> {
    const who = this.tablet.session.value
    if (!who) return false
    const answer = await ask<unknown>('DELETE', `/api/v1/tablet/calls/${encodeURIComponent(id)}`, own(who))
    this.tablet.link.answered(answer)
    if (answer.kind === 'ok') await this.hear()
    return answer.kind === 'ok'
  }
}

const own = (who: Session) =>
  ({ credentials: 'omit', token: who.token, language: locale.value, timeout: 10_000 }) as const

function post(who: Session, { call_id, about, work, text, client_at }: Kept): Promise<Answer<Told>> {
  return ask('POST', '/api/v1/tablet/calls', { ...own(who), body: { call_id, about, work, text, client_at } })
}

const read = async (db: Database) => ((await db.get('kept', 'calls')) as Kept[] | undefined) ?? []
