import { computed, inject, provide, reactive, shallowRef, triggerRef, type InjectionKey } from 'vue'
import type { Answer, Problem } from '@/shared/http'
import type { Bundle, MarkKind, Place } from './bundle'
import { cellKey } from './bundle'
import { cellsOf, finishedOf, type Cell } from './cells'
import { fetchBundle, leave, pair, postMarks, reportWaiting } from './interface'
import type { Link } from './outbox/answers'
import { Courier, type Report } from './outbox/courier'
import { lead } from './outbox/leader'
import { Outbox } from './outbox/outbox'
import { syncWord } from './outbox/state'
import { keep, openStore, recall, type Database, type Item, type Session } from './outbox/store'

const ASK_EVERY = 20_000

export type Stage = 'opening' | 'insecure' | 'blocked' | 'unpaired' | 'waiting' | 'ready'

/** The tablet as the page sees it: what is to be marked, what is marked, and how the link to the server is. */
export type Tablet = ReturnType<typeof createTablet>

const KEY: InjectionKey<Tablet> = Symbol('tablet')
export const provideTablet = (tablet: Tablet) => provide(KEY, tablet)
export function useTablet(): Tablet {
  const tablet = inject(KEY)
  if (!tablet) throw new Error('no tablet above this component')
  return tablet
}

export function createTablet() {
  const stage = shallowRef<Stage>('opening')
  const session = shallowRef<Session | null>(null)
  const bundle = shallowRef<Bundle | null>(null)
  const items = shallowRef(new Map<string, Item>())
  const confirmed = shallowRef(new Set<string>())
  const rounds = shallowRef(new Map<string, number>())
  const persisted = shallowRef<boolean | null>(null)
  const refused = shallowRef<Problem | null>(null)
  const link = reactive({
    link: null as Link | null,
    lastGood: null as number | null,
    sending: 0,
    readonly: false,
    broken: false,
  })

  let db: Database
  let outbox: Outbox
  let courier: Courier
  let etag: string | null = null
  let settled = 0 // counts settlings, so that a bundle which was asked for before one is not believed after it

  const commands = computed(() => [...items.value.values()])
  const cells = computed(() => (bundle.value ? cellsOf(bundle.value, commands.value) : new Map<string, Cell>()))
  const finished = computed(() => (bundle.value ? finishedOf(bundle.value, commands.value) : new Set<string>()))
  const waiting = computed(() => commands.value.filter((i) => i.state === 'pending').length)
  const returned = computed(() => {
    const open = new Set([...cells.value.values()].map((c) => c.returned?.mark_id))
    return commands.value.filter(
      (i) => i.state === 'returned' && !i.dismissed && (open.has(i.mark_id) || i.kind === 'finish'),
    )
  })
  const sync = computed(() => ({ ...link, waiting: waiting.value, returned: returned.value.length }))
  const word = computed(() => syncWord(sync.value))

  function take(changed: readonly Item[]): void {
    for (const item of changed) items.value.set(item.mark_id, item)
    if (changed.length > 0) triggerRef(items)
  }

  function heard(next: Link | null, problem: Problem | null = null): void {
    if (next === null) return
    link.link = next
    if (next === 'good') link.lastGood = Date.now()
    refused.value = next === 'sign_in' ? problem : null
  }

  function report(r: Report): void {
    link.sending = r.sending
    if (r.changed.length > 0) settled++
    heard(r.link, r.problem)
    take(r.changed)
    // Somebody else has marked this place: what he gave is in the next bundle.
    if (r.changed.some((i) => i.reason?.status === 409)) void refresh()
  }

  /** Opens the tablet's store and everything that was kept in it; needs no network. */
  async function start(): Promise<void> {
    if (!isSecureContext) return void (stage.value = 'insecure')
    try {
      db = await openStore()
      outbox = new Outbox(db)
      courier = new Courier(outbox, { post: postMarks, report })
      link.readonly = !(await lead(() => void takeOver()))
      await load()
    } catch {
      return void (stage.value = 'blocked')
    }
    void navigator.storage?.persist?.().then((yes) => (persisted.value = yes))
    addEventListener('online', wake)
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && wake())
    setInterval(() => document.visibilityState === 'visible' && void refresh(), ASK_EVERY * (0.75 + Math.random() / 2))
    wake()
  }

  async function load(): Promise<void> {
    session.value = (await recall(db, 'session')) ?? null
    const kept = await recall(db, 'bundle')
    const mine = session.value && kept?.bundle.chair.number === session.value.chair.number
    bundle.value = mine && kept?.bundle.event.id === session.value?.event.id ? kept.bundle : null
    etag = bundle.value ? (kept?.etag ?? null) : null
    confirmed.value = new Set(await outbox.confirmed())
    items.value = new Map((session.value ? await outbox.list(session.value) : []).map((i) => [i.mark_id, i]))
    stage.value = !session.value ? 'unpaired' : bundle.value ? 'ready' : 'waiting'
    if (!link.readonly) void courier.serve(session.value)
  }

  async function takeOver(): Promise<void> {
    link.readonly = false
    await load()
    wake()
  }

  function wake(): void {
    if (link.readonly) return void load()
    void courier.kick()
    void refresh()
  }

  /** Asks for the bundle; what it says about marks counts only when nothing was settled meanwhile. */
  async function refresh(): Promise<void> {
    const who = session.value
    if (!who) return
    const before = settled
    const answer = await fetchBundle(who, etag, waiting.value)
    if (session.value !== who) return
    heard(linkOf(answer), answer.kind === 'problem' ? answer.problem : null)
    if (answer.kind === 'ok') void tellWaiting(who)
    if (answer.kind !== 'ok' || answer.status !== 200 || before !== settled || link.sending > 0) return
    if (!Array.isArray(answer.data?.sheets)) return
    if (link.readonly) return void (bundle.value = answer.data)
    take(await outbox.keepBundle(who, answer.data, answer.etag))
    etag = answer.etag
    bundle.value = answer.data
    learnRounds(answer.data.marks)
    stage.value = 'ready'
  }

  let told = 0

  async function tellWaiting(who: Session): Promise<void> {
    const n = waiting.value
    if (n === told || link.readonly) return
    if ((await reportWaiting(who, n)).kind === 'ok') told = n
  }

  function learnRounds(places: readonly Place[]): void {
    for (const p of places) learnRound(p.work, p.aspect, p.round)
  }

  function learnRound(work: string, aspect: string, round: number): void {
    const key = `${work}\n${aspect}`
    if (round <= (rounds.value.get(key) ?? 1)) return
    rounds.value.set(key, round)
    triggerRef(rounds)
  }

  async function enter(code: string): Promise<Problem | 'nothing' | null> {
    const answer = await pair(code, session.value?.token ?? null)
    if (answer.kind === 'problem') return answer.problem
    if (answer.kind === 'nothing') return 'nothing'
    const { token, device, event, chair } = answer.data
    await outbox.adopt({ token, device, event, chair })
    heard('good')
    await load()
    await refresh()
    return null
  }

  let queue: Promise<unknown> = Promise.resolve()

  /** Writes one mark down, then sends it. Taps queue, so that each replaces the one before it. */
  function give(place: Place, kind: MarkKind, value: string, text?: string): Promise<boolean> {
    const tap = queue.then(async () => {
      const who = session.value
      if (!who || !bundle.value || link.readonly) return false
      const supersedes = kind === 'finish' ? null : (cells.value.get(cellKey(place))?.mark_id ?? null)
      if (kind === 'withdraw' && !supersedes) return false
      try {
        const { work, aspect, attempt, round } = place
        const version = bundle.value.event.version
        take([await outbox.put(who, { work, aspect, attempt, round, kind, value, version, supersedes, text })])
        link.broken = false
      } catch {
        link.broken = true
        return false
      }
      void courier.kick()
      return true
    })
    queue = tap
    return tap
  }

  async function confirm(work: string): Promise<void> {
    confirmed.value = new Set([...confirmed.value, work])
    await outbox.confirm([...confirmed.value])
  }

  async function resend(item: Item): Promise<void> {
    if (item.reason?.status === 409) {
      await dismiss(item)
      await give(item, item.kind, item.value, item.text)
      return
    }
    const next = await outbox.resend(item.mark_id)
    if (next) take([next])
    void courier.kick()
  }

  async function dismiss(item: Item): Promise<void> {
    const next = await outbox.dismiss(item.mark_id)
    if (next) take([next])
  }

  /** Gives the chair up. Only with an empty outbox: another chair could not send its marks. */
  async function part(): Promise<void> {
    if (!session.value || waiting.value > 0) return
    void leave(session.value)
    void courier.serve(null)
    await keep(db, 'session', undefined)
    await keep(db, 'bundle', undefined)
    Object.assign(link, { link: null, lastGood: null })
    await load()
  }

  return {
    stage, session, bundle, cells, finished, confirmed, rounds, persisted, refused, sync, word, returned, waiting,
    start, enter, give, confirm, resend, dismiss, part, refresh, learnRound, heard,
    unsent: () => outbox.unsent(),
  } // prettier-ignore
}

function linkOf(answer: Answer<unknown>): Link {
  if (answer.kind === 'ok') return 'good'
  if (answer.kind === 'nothing') return 'silent'
  if (answer.problem.status === 401) return 'sign_in'
  if (answer.problem.status === 507) return 'full'
  return answer.problem.status === 429 || answer.problem.status >= 500 ? 'busy' : 'good'
}
