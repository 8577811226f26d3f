import { computed, inject, provide, shallowRef, triggerRef, type InjectionKey } from 'vue'
import type { Problem } from '@/shared/http'
import { cellKey, type Bundle, type MarkKind, type Place } from './bundle'
import { cellsOf, finishedOf, roundKey, type Cell } from './cells'
import { fetchBundle, leave, pair, postMarks, reportWaiting } from './interface'
import { ServerLink } from './link'
import type { Courier, Report } from './outbox/courier'
import { lead } from './outbox/leader'
import { Errands, type Errand } from './outbox/errands'
import { Outbox, type Draft } from './outbox/outbox'
import { syncWord } from './outbox/state'
import { keep, openStore, recall, type Database, type Item, type Session } from './outbox/store'
import { steadyNow } from './steady'

const ASK_EVERY = 20_000

/** What the page can show at all; "waiting" is paired, but without its sheets yet. */
export type Stage = 'opening' | 'insecure' | 'blocked' | 'unpaired' | 'waiting' | 'ready'

/** A word about a session's clock and what goes with it. */
export interface ClockWord {
  /** The reason, the witness or the strokes, where the value wants one. */
  text?: string
  /** What an undo takes back. */
  supersedes?: string | null
  /** When it was by steadyNow(), where a question stood between the tap and this word. */
  at?: number
  /** Marks that follow from it, such as the net time at 交件: written down with it, all or none. */
  marks?: readonly { place: Place; kind?: MarkKind; value: string }[]
}

const KEY: InjectionKey<Tablet> = Symbol('tablet')
export const provideTablet = (tablet: Tablet) => provide(KEY, tablet)
export function useTablet(): Tablet {
  const tablet = inject(KEY)
  if (!tablet) throw new Error('no tablet above this component')
  return tablet
}

const isReplaced = (problem: Problem | null) => problem?.code === 'identity.replaced'

/** 裁判平板: what is to be marked, what is marked, and how the link to the server is. One for a page. */
export class Tablet {
  readonly stage = shallowRef<Stage>('opening')
  readonly session = shallowRef<Session | null>(null)
  readonly bundle = shallowRef<Bundle | null>(null)
  /** Works whose label was read from the work itself. */
  readonly confirmed = shallowRef(new Set<string>())
  readonly rounds = shallowRef(new Map<string, number>())
  /** Whether the browser has promised to keep what is stored; null while it is asked. */
  readonly persisted = shallowRef<boolean | null>(null)
  readonly link = new ServerLink()
  /** Another tablet sat here until this one was paired, which the judge is told until he has read it. */
  readonly tookOver = shallowRef(false)
  /** How many marks came back from the second copy when the browser had lost its store; 0 once that was read. */
  readonly restored = shallowRef(0)
  readonly replaced = computed(() => this.session.value?.replaced === true)

  private readonly items = shallowRef(new Map<string, Item>())
  /** Everything this chair has said on this tablet, whatever became of it. */
  readonly commands = computed(() => [...this.items.value.values()])

  readonly cells = computed(() =>
    this.bundle.value ? cellsOf(this.bundle.value, this.commands.value) : new Map<string, Cell>(),
  )
  readonly finished = computed(() =>
    this.bundle.value ? finishedOf(this.bundle.value, this.commands.value) : new Set<string>(),
  )
  /** 计时: what this tablet itself has said about sessions, oldest first; "covered" ones are in the bundle's sessions. */
  readonly clocks = computed(() => this.commands.value.filter((i) => i.kind === 'clock'))
  readonly waiting = computed(() => this.commands.value.filter((i) => i.state === 'pending').length)
  /** Photographs, signatures and calls that are not on the server yet. */
  readonly following = shallowRef(0)
  /** Signatures among them: no event is locked over them either. */
  readonly signatures = shallowRef(0)
  /** Everything of this tablet that nobody else has: neither its chair nor its version is changed over it. */
  readonly held = computed(() => this.waiting.value + this.returned.value.length + this.following.value)
  /** Commands that came back and are neither done over nor laid aside. */
  readonly returned = computed(() => {
    const open = new Set([...this.cells.value.values()].map((c) => c.returned?.mark_id))
    const isOpen = (i: Item) => open.has(i.mark_id) || i.kind === 'finish' || i.kind === 'clock'
    return this.commands.value.filter((i) => i.state === 'returned' && !i.dismissed && isOpen(i))
  })
  /** Numbers of marks that neither the server nor this tablet has: they must be given again. */
  readonly holes = computed(() => {
    const mine = this.commands.value.filter((i) => i.device === this.session.value?.device)
    const here = new Set(mine.map((i) => i.device_seq))
    return (this.bundle.value?.device?.holes ?? []).filter((n) => !here.has(n))
  })
  readonly sync = computed(() => ({
    ...this.link.state,
    readonly: this.link.state.readonly || this.replaced.value,
    replaced: this.replaced.value,
    handed: this.commands.value.filter((i) => i.late && i.device === this.session.value?.device).length,
    waiting: this.waiting.value,
    returned: this.returned.value.length,
  }))
  readonly word = computed(() => syncWord(this.sync.value))

  /** The tablet's own store; only its leading page may write there. */
  db!: Database
  private outbox!: Outbox
  private courier: Courier | null = null // comes after the first page stands; what is written down waits for it
  private errands!: Errands
  private etag: string | null = null
  private settled = 0 // counts settlings: a bundle that was asked for before one is not believed after it
  private told = 0 // how many waiting marks the server last heard of
  private taps: Promise<unknown> = Promise.resolve()

  /** Opens the tablet's store and everything that was kept in it; needs no network. */
  async start(): Promise<void> {
    if (!isSecureContext) {
      this.stage.value = 'insecure'
      return
    }
    try {
      const blocked = () => (this.stage.value = 'blocked')
      let isNew = false
      this.db = await openStore(undefined, { held: blocked, lost: blocked, made: () => (isNew = true) })
      this.outbox = new Outbox(this.db, steadyNow)
      this.errands = new Errands(
        this.db,
        () => this.word.value === 'synced' && this.session.value !== null,
        (n, signatures) => this.follows(n, signatures),
      )
      this.link.state.readonly = !(await lead(() => void this.takeOver()))
      if (isNew && !this.link.state.readonly) this.restored.value = await this.restore()
      await this.load()
    } catch {
      this.stage.value = 'blocked'
      return
    }
    void this.hire()
    if (!this.link.state.readonly) void this.tidy()
    this.listen()
    this.wake()
  }

  /** A tablet that has never been used has no copy either, and one that lost its store goes on where it was. */
  private async restore(): Promise<number> {
    return (await import('./outbox/restore')).restore(this.db)
  }

  private async tidy(): Promise<void> {
    await import('./outbox/restore').then((copy) => copy.tidy(this.db)).catch(() => undefined)
  }

  private async hire(): Promise<void> {
    try {
      const { Courier } = await import('./outbox/courier')
      this.courier = new Courier(this.outbox, { post: postMarks, report: (r) => this.report(r) })
      if (!this.link.state.readonly) void this.courier.serve(this.session.value)
    } catch {
      setTimeout(() => void this.hire(), 5_000)
    }
  }

  private listen(): void {
    void navigator.storage?.persist?.().then((yes) => (this.persisted.value = yes))
    const isSeen = () => document.visibilityState === 'visible'
    addEventListener('online', () => this.wake())
    document.addEventListener('visibilitychange', () => isSeen() && this.wake())
    setInterval(() => isSeen() && void this.refresh(), ASK_EVERY * (0.75 + Math.random() / 2))
  }

  private async load(): Promise<void> {
    const session = (await recall(this.db, 'session')) ?? null
    const kept = await recall(this.db, 'bundle')
    const isOurs =
      session && kept?.bundle.event.id === session.event.id && kept.bundle.chair.number === session.chair.number
    const items = session ? await this.outbox.list(session) : []
    this.confirmed.value = new Set(await this.outbox.confirmed())
    this.session.value = session
    this.bundle.value = isOurs ? kept.bundle : null
    this.etag = isOurs ? kept.etag : null
    this.items.value = new Map(items.map((i) => [i.mark_id, i]))
    this.stage.value = !session ? 'unpaired' : isOurs ? 'ready' : 'waiting'
    if (!this.link.state.readonly) void this.courier?.serve(session)
  }

  private async takeOver(): Promise<void> {
    this.link.state.readonly = false
    await this.load()
    this.wake()
  }

  private wake(): void {
    if (this.link.state.readonly) {
      void this.load()
      return
    }
    void this.courier?.kick()
    void this.refresh()
  }

  private take(changed: readonly Item[]): void {
    for (const item of changed) this.items.value.set(item.mark_id, item)
    if (changed.length > 0) triggerRef(this.items)
  }

  private report(r: Report): void {
    this.link.state.sending = r.sending
    if (r.changed.length > 0) this.settled++
    this.link.heard(r.link, r.problem)
    if (isReplaced(r.problem) && this.session.value) void this.giveWay(this.session.value)
    this.take(r.changed)
    if (r.link === 'good') this.follow()
    // Somebody else has marked this place: what he gave is in the next bundle.
    // So is the reason when a mark was kept, but is not to count.
    if (r.changed.some((i) => i.reason?.status === 409 || i.late)) void this.refresh()
  }

  /** Asks for the bundle; what it says about marks counts only when nothing was settled meanwhile. */
  async refresh(): Promise<void> {
    const who = this.session.value
    if (!who || who.replaced) return
    const before = this.settled
    const answer = await fetchBundle(who, this.etag, this.waiting.value, this.signatures.value)
    if (this.session.value !== who) return
    this.link.answered(answer)
    if (answer.kind === 'problem' && isReplaced(answer.problem)) await this.giveWay(who)
    if (answer.kind !== 'ok') return
    void this.tellWaiting(who)
    this.follow()
    const isOvertaken = before !== this.settled || this.link.state.sending > 0
    if (answer.status !== 200 || isOvertaken || !Array.isArray(answer.data?.sheets)) return
    await this.believe(who, answer.data, answer.etag)
  }

  /** Another tablet has the chair: this one marks no more, and what waits here is carried to the chief judge. */
  private async giveWay(who: Session): Promise<void> {
    if (who.replaced) return
    this.session.value = { ...who, replaced: true }
    if (this.link.state.readonly) return
    await this.outbox.replace(who).catch(() => undefined)
    void this.courier?.serve(this.session.value)
  }

  private async believe(who: Session, bundle: Bundle, etag: string | null): Promise<void> {
    if (!this.link.state.readonly) {
      try {
        this.take(await this.outbox.keepBundle(who, bundle, etag))
        this.etag = etag
      } catch {
        // the tablet's storage is full: what the server says is shown, though it cannot be kept
      }
    }
    this.bundle.value = bundle
    for (const mark of bundle.marks) this.learnRound(mark)
    this.stage.value = 'ready'
  }

  /** What the server was told of signatures that wait holds no more as soon as they are there. */
  private follows(n: number, signatures: number): void {
    const came = signatures < this.signatures.value
    this.following.value = n
    this.signatures.value = signatures
    if (came) void this.refresh()
  }

  private async tellWaiting(who: Session): Promise<void> {
    const n = this.waiting.value
    if (n === this.told || this.link.state.readonly) return
    if ((await reportWaiting(who, n)).kind === 'ok') this.told = n
  }

  /** Notes that a panel marks an aspect in a later round than was known. */
  learnRound({ work, aspect, attempt, round }: Place): void {
    const key = roundKey(work, aspect, attempt)
    if (round <= (this.rounds.value.get(key) ?? 1)) return
    this.rounds.value.set(key, round)
    triggerRef(this.rounds)
  }

  /** Pairs by a code: null when it is done, else why not. */
  async enter(code: string): Promise<Problem | 'nothing' | null> {
    const before = this.session.value
    if (before?.replaced) await this.courier?.kick()
    const answer = await pair(code, before?.token ?? null)
    if (answer.kind === 'problem') return answer.problem
    if (answer.kind === 'nothing') return 'nothing'
    const { token, device, event, chair, took_over } = answer.data
    this.tookOver.value = took_over === true
    await this.outbox.adopt({ token, device, event, chair }, before)
    this.link.heard('good')
    await this.load()
    await this.refresh()
    return null
  }

  /** Registers what carries one queue besides the marks' own; see follow. */
  errand(run: Errand): void {
    this.errands.add(run)
    this.follow()
  }

  /** Sends what waits besides marks as soon as no mark does; to be called when something was queued. */
  follow(): void {
    void this.errands.kick()
  }

  /** Writes one mark down, then sends it; false when it could not be written. Taps queue: each replaces the last. */
  give(place: Place, kind: MarkKind, value: string, text?: string): Promise<boolean> {
    return this.tap(() => [this.draft(place, kind, value, text)])
  }

  /** Writes a word about the session of a work in a criterion down, with the marks that follow from it. */
  clock(work: string, criterion: string, value: string, word: ClockWord = {}): Promise<boolean> {
    return this.tap(() => [
      {
        ...this.draft({ work, aspect: criterion, attempt: 1, round: 1 }, 'clock', value, word.text),
        supersedes: word.supersedes ?? null,
        at: word.at,
      },
      ...(word.marks ?? []).map((m) => ({ ...this.draft(m.place, m.kind ?? 'mark', m.value), at: word.at })),
    ])
  }

  private tap(drafts: () => Draft[]): Promise<boolean> {
    const tap = this.taps.then(() => this.write(drafts))
    this.taps = tap
    return tap
  }

  private draft(place: Place, kind: MarkKind, value: string, text?: string): Draft {
    const { work, aspect, attempt, round } = place
    const isOfCell = kind !== 'finish' && kind !== 'clock'
    const supersedes = (isOfCell && this.cells.value.get(cellKey(place))?.mark_id) || null
    return {
      work,
      aspect,
      attempt,
      round,
      kind,
      value,
      version: this.bundle.value?.event.version ?? 0,
      supersedes,
      text,
    }
  }

  private async write(drafts: () => Draft[]): Promise<boolean> {
    const who = this.session.value
    if (!who || !this.bundle.value || this.sync.value.readonly) return false
    const all = drafts()
    if (all.some((d) => d.kind === 'withdraw' && !d.supersedes)) return false
    try {
      this.take(await this.outbox.put(who, ...all))
      this.link.state.broken = false
    } catch {
      this.link.state.broken = true
      return false
    }
    void this.courier?.kick()
    return true
  }

  async confirm(work: string): Promise<void> {
    this.confirmed.value = new Set([...this.confirmed.value, work])
    await this.outbox.confirm([...this.confirmed.value])
  }

  /** Sends a returned mark once more: as it was, or in place of what stands there now if somebody was first. */
  async resend(item: Item): Promise<void> {
    if (item.reason?.status === 409) {
      await this.dismiss(item)
      await this.give(item, item.kind, item.value, item.text)
      return
    }
    if (!this.session.value) return
    const next = await this.outbox.resend(item.mark_id, this.session.value)
    if (next) this.take([next])
    void this.courier?.kick()
  }

  async dismiss(item: Item): Promise<void> {
    const next = await this.outbox.dismiss(item.mark_id)
    if (next) this.take([next])
  }

  /** Everything of this device that is not on the server, whosever chair it is. */
  unsent(): Promise<Item[]> {
    return this.outbox.unsent()
  }

  /** Gives the chair up. Only with an empty outbox: another chair could not send its marks. */
  async part(): Promise<void> {
    if (!this.session.value || this.held.value > 0) return
    void leave(this.session.value)
    void this.courier?.serve(null)
    await keep(this.db, 'session', undefined)
    await keep(this.db, 'bundle', undefined)
    this.link.forget()
    await this.load()
  }
}
