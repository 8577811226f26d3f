import { computed, effectScope, shallowRef, watch } from 'vue'
import { useTablet, type Tablet } from '../tablet'
import { fetchSigning, type OwnSigning, type OwnStep } from './interface'
import { fateOf, isOf, post, Queue, type Entry, type Reopening, type Signed } from './queue'
import { missingOf, ownText } from './shown'

/** How far a signature of this chair is, on this tablet and on the server together. */
export type SignState = 'open' | 'pending' | 'returned' | 'signed' | 'void'

/** What the server last said, kept for a page that opens without a network. */
interface Told {
  event: string
  chair: number
  at: number
  own: OwnSigning
}

const all = new WeakMap<Tablet, Signing>()

/** The signing of this tablet: one for a page, and made when the first component asks for it. */
export function useSigning(): Signing {
  const tablet = useTablet()
  const found = all.get(tablet) ?? new Signing(tablet)
  all.set(tablet, found)
  return found
}

/** 签名: what this chair signs and has signed. Signatures wait like marks do, and never go before them. */
export class Signing {
  private readonly entries = shallowRef<Entry[]>([])
  private readonly told = shallowRef<Told | null>(null)
  private readonly queue: Queue
  readonly isAsking = shallowRef(false)

  readonly own = computed(() => this.told.value?.own ?? null)
  /** How many marks are missing before the sheet can be signed. */
  readonly missing = computed(() => {
    const { bundle, cells, rounds } = this.tablet
    return bundle.value ? missingOf(bundle.value, cells.value, rounds.value) : 0
  })
  /** What the judge signs, as text. */
  readonly text = computed(() =>
    this.tablet.bundle.value ? ownText(this.tablet.bundle.value, this.tablet.cells.value) : '',
  )
  readonly sheet = computed(() => this.stateOf('mark_sheet'))
  readonly summary = computed(() => this.stateOf('panel_summary'))
  /** The sheet is signed: nothing on it is changed before it is reopened. */
  readonly locks = computed(() => this.sheet.value === 'pending' || this.sheet.value === 'signed')

  constructor(private readonly tablet: Tablet) {
    this.queue = new Queue(tablet.db)
    effectScope(true).run(() => {
      watch(tablet.session, () => void this.load(), { immediate: true })
      watch(tablet.bundle, () => (this.missing.value === 0 || this.own.value?.sheet.number) && void this.ask())
    })
    tablet.errand(() => this.carry())
  }

  /** The newest signature of a kind that was not taken back; undefined: none. */
  last(kind: Signed['kind']): Signed | undefined {
    return this.entries.value.filter((e): e is Signed => e.kind === kind && e.state !== 'withdrawn').at(-1)
  }

  /** What the own sheet said when it was last signed here, also where the signature was taken back; '' for never. */
  readonly signedText = computed(
    () => this.entries.value.filter((e): e is Signed => e.kind === 'mark_sheet').at(-1)?.shown ?? '',
  )

  private stateOf(kind: Signed['kind']): SignState {
    const last = this.last(kind)
    if (last?.state === 'pending') return 'pending'
    const step = kind === 'mark_sheet' ? this.own.value?.sheet : this.own.value?.summary
    const back = new Set(this.reopenings().map((r) => r.signature_id))
    const isBack = (id: string | undefined) => id !== undefined && back.has(id)
    if (step?.state === 'signed' && !isBack(step.signature)) return 'signed'
    // The receipt is newer than what the server last told of the steps.
    const isNewer = Date.parse(last?.receipt?.at ?? '') > Date.parse(step?.at ?? '1970-01-01')
    if (last?.receipt && !isBack(last.signature_id) && (!step || isNewer)) return 'signed'
    if (last?.state === 'returned') return 'returned'
    return step?.state === 'void' ? 'void' : 'open'
  }

  /** Why the server would not take the newest signature or reopening; null: it took it, or none was refused. */
  readonly refused = computed(() => {
    const last = this.entries.value.filter((e) => e.kind !== 'panel_summary').at(-1)
    return last?.state === 'returned' ? (last.reason ?? null) : null
  })

  /**
   * Why the own signature counts no more. What the judge has just taken back is said at once and in the words that the
   * server's answer will have: a notice that came with the answer would move the pad under a hand that writes already.
   */
  readonly voided = computed<OwnStep | undefined>(() => {
    const step = this.own.value?.sheet
    const last = this.entries.value.filter((e) => e.kind !== 'panel_summary' && e.state !== 'returned').at(-1)
    if (this.locks.value || step?.state === 'void' || last?.kind !== 'reopening') return step
    const { why, client_at } = last
    const by = this.tablet.session.value?.chair.judge ?? ''
    return { state: 'void', reason: 'person', void: { at: new Date(client_at).toISOString(), by, reason: why } }
  })

  private reopenings(): Reopening[] {
    return this.entries.value.filter((e): e is Reopening => e.kind === 'reopening' && e.state !== 'returned')
  }

  private async load(): Promise<void> {
    const who = this.tablet.session.value
    this.entries.value = who ? (await this.queue.list()).filter((e) => isOf(e, who)) : []
    const kept = (await this.tablet.db.get('kept', 'signing')) as Told | undefined
    const isOurs = who && kept?.event === who.event.id && kept.chair === who.chair.number
    this.told.value = isOurs ? kept : null
    if (this.missing.value === 0) void this.ask()
  }

  /** Asks the server how far the signatures are. */
  async ask(): Promise<void> {
    const who = this.tablet.session.value
    if (!who || who.replaced || this.isAsking.value) return
    this.isAsking.value = true
    const answer = await fetchSigning(who)
    this.isAsking.value = false
    this.tablet.link.answered(answer)
    if (answer.kind !== 'ok' || !Array.isArray(answer.data?.mates) || this.tablet.session.value !== who) return
    this.told.value = { event: who.event.id, chair: who.chair.number, at: Date.now(), own: answer.data }
    if (!this.tablet.sync.value.readonly) await this.tablet.db.put('kept', this.told.value, 'signing')
  }

  /** Writes a signature down, then sends it after the marks; false when it could not be written. */
  async sign(kind: Signed['kind'], digest: string, shown: string, strokes: string): Promise<boolean> {
    const who = this.tablet.session.value
    if (!who || this.tablet.sync.value.readonly) return false
    const entry: Signed = {
      signature_id: crypto.randomUUID(),
      kind,
      digest,
      shown,
      strokes,
      event: who.event.id,
      chair: who.chair.number,
      client_at: Date.now(),
      state: 'pending',
    }
    return this.write((list) => [...list, entry])
  }

  /** Takes the signature of the own sheet back, so that marks can be changed; the reason goes to the chief judge. */
  async reopen(why: string): Promise<boolean> {
    const who = this.tablet.session.value
    const last = this.last('mark_sheet')
    const signature =
      last?.state === 'pending' ? last.signature_id : (this.own.value?.sheet.signature ?? last?.signature_id)
    if (!who || !signature || this.tablet.sync.value.readonly) return false
    const isUnsent = last?.state === 'pending' && !last.tried
    const word: Reopening = {
      kind: 'reopening',
      signature_id: signature,
      why,
      event: who.event.id,
      chair: who.chair.number,
      client_at: Date.now(),
      state: isUnsent ? 'accepted' : 'pending',
    }
    return this.write((list) => [
      ...list.map((e) => (e.signature_id === signature && e.kind !== 'reopening' ? withdrawn(e) : e)),
      word,
    ])
  }

  private async write(how: (list: Entry[]) => Entry[]): Promise<boolean> {
    try {
      await this.change(how)
      this.tablet.link.state.broken = false
    } catch {
      this.tablet.link.state.broken = true
      return false
    }
    this.tablet.follow()
    return true
  }

  private async change(how: (list: Entry[]) => Entry[]): Promise<void> {
    const next = await this.queue.change(how)
    const who = this.tablet.session.value
    this.entries.value = who ? next.filter((e) => isOf(e, who)) : []
  }

  /** Carries what waits, oldest first; an errand of the tablet, which calls it when no mark waits any more. */
  private async carry(): Promise<void> {
    const who = this.tablet.session.value
    if (!who || who.replaced || this.tablet.sync.value.readonly) return
    const waiting = this.entries.value.filter((e) => e.state === 'pending')
    for (const entry of waiting) {
      const same = (e: Entry) => e.signature_id === entry.signature_id && e.kind === entry.kind
      if (entry.kind !== 'reopening') {
        await this.change((list) => list.map((e) => (same(e) ? { ...e, tried: true } : e)))
      }
      const answer = await post(who, entry)
      this.tablet.link.answered(answer)
      const fate = fateOf(entry, answer)
      if (!fate) return
      await this.change((list) =>
        list.map((e) => (same(e) && e.state === 'pending' ? ({ ...e, ...fate } as Entry) : e)),
      )
      if (fate.state === 'returned') await this.tablet.refresh()
    }
    if (waiting.length > 0) await this.ask()
  }
}

function withdrawn(e: Signed): Signed {
  return { ...e, state: 'withdrawn' }
}
