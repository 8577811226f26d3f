import { cellKey, type Bundle, type MarkKind, type Place } from '../bundle'
import type { Fate } from './answers'
import { copy, copyMarks } from './second'
import { keep, recall, strictly, type Database, type Item, type Session, type Writing } from './store'

/** What a tap says; the rest of the command is added when it is written down. */
export interface Draft extends Place {
  kind: MarkKind
  value: string
  version: number
  supersedes: string | null
  text?: string
  /** When it was, by this tablet's steady clock, where that is not the moment of writing it down. */
  at?: number
}

const everything = (state: string) => IDBKeyRange.bound([state, 0], [state, Number.MAX_SAFE_INTEGER])

/**
 * 待传: the marks of this tablet, from the tap to the receipt. It promises that put has the mark on the disk when it
 * resolves, that nothing leaves it without a receipt, and that an order once given by device_seq stays.
 */
export class Outbox {
  constructor(
    private readonly db: Database,
    private readonly clock: () => number = Date.now,
    private readonly id: () => string = () => crypto.randomUUID(),
  ) {}

  /** Writes commands, values and sequence in one strict transaction: all of them or none. */
  async put(session: Session, ...drafts: Draft[]): Promise<Item[]> {
    const items = await strictly(this.db, async (tx) => {
      const items: Item[] = []
      for (const { at, ...draft } of drafts) {
        const item: Item = {
          ...draft,
          mark_id: this.id(),
          event: session.event.id,
          chair: session.chair.number,
          device: session.device,
          device_seq: await next(tx, `seq/${session.device}`),
          client_at: Math.max(0, at ?? this.clock()), // a dead battery may leave a clock before 1970
          order: await next(tx, 'order'),
          state: 'pending',
          tries: 0,
        }
        await tx.objectStore('marks').add(item)
        items.push(item)
      }
      return items
    })
    await copyMarks(items)
    return items
  }

  /** All commands of a chair, in the order of their taps. */
  async list(session: Session): Promise<Item[]> {
    const all = await this.db.getAll('marks')
    return all.filter((i) => isOf(i, session)).sort(byOrder)
  }

  /** Commands that are not on the server, whosever they are: what an export must save. */
  async unsent(): Promise<Item[]> {
    return [
      ...(await this.db.getAllFromIndex('marks', 'state', everything('pending'))),
      ...(await this.db.getAllFromIndex('marks', 'state', everything('returned'))),
    ]
  }

  /** The next commands to send, oldest first. */
  async pending(session: Session, most: number): Promise<Item[]> {
    const found: Item[] = []
    let cursor = await this.db.transaction('marks').store.index('state').openCursor(everything('pending'))
    while (cursor && found.length < most) {
      if (isOf(cursor.value, session)) found.push(cursor.value)
      cursor = await cursor.continue()
    }
    return found
  }

  /** Notes that these go out now: from here on their content is fixed. */
  async claim(items: readonly Item[]): Promise<void> {
    await strictly(this.db, async (tx) => {
      for (const item of items) await change(tx, item.mark_id, (i) => (i.tries += 1))
    })
  }

  /** Writes down what the server answered; returns the commands that are changed by it. */
  async settle(fates: ReadonlyMap<string, Fate>): Promise<Item[]> {
    return strictly(this.db, async (tx) => {
      const changed: Item[] = []
      for (const [id, fate] of fates) {
        if (fate.to === 'kept') continue
        const item = await change(tx, id, (i) => applyFate(i, fate))
        if (!item) continue
        changed.push(item)
        if (fate.to === 'returned') changed.push(...(await unhook(tx, item)))
      }
      return changed
    })
  }

  /**
   * Keeps a new bundle. A command whose mark stands in it has arrived, whatever became of the answer, and so has
   * every mark that it replaced; settled commands are from now on the bundle's to tell. A server that no longer has
   * what it gave a receipt for, because it went back to a backup, gets it once more.
   */
  async keepBundle(session: Session, bundle: Bundle, etag: string | null): Promise<Item[]> {
    const mine = await strictly(this.db, async (tx) => {
      await tx.objectStore('kept').put({ bundle, etag }, 'bundle')
      await countOn(tx, session.device, bundle.device?.highest ?? 0)
      const seqs = new Map(bundle.marks.map((m) => [m.mark_id, m.seq]))
      const mine = (await tx.objectStore('marks').getAll()).filter((i) => isOf(i, session))
      const byId = new Map(mine.map((i) => [i.mark_id, i]))
      const arrived = new Set<string>()
      for (const m of bundle.marks) {
        for (
          let id: string | null = m.mark_id;
          id && byId.has(id) && !arrived.has(id);
          id = byId.get(id)?.supersedes ?? null
        ) {
          arrived.add(id)
        }
      }
      for (const id of clocksIn(bundle, byId)) arrived.add(id)
      const isLost = lostBy(bundle, session)
      for (const item of mine) {
        if (item.state === 'accepted' && !arrived.has(item.mark_id) && isLost(item)) {
          Object.assign(item, { state: 'pending', covered: false })
          await tx.objectStore('marks').put(item)
        }
        if (item.state === 'pending' && arrived.has(item.mark_id)) {
          item.state = 'accepted'
          item.receipt = { mark_id: item.mark_id, seq: seqs.get(item.mark_id) }
        }
        if (item.state === 'accepted' && !item.covered) {
          item.covered = true
          await tx.objectStore('marks').put(item)
        }
      }
      return mine
    })
    void copy({ in: 'kept', key: 'bundle', value: { bundle, etag: null } })
    return mine
  }

  /** Notes that another tablet has the chair now. */
  async replace(session: Session): Promise<Session> {
    const next = { ...session, replaced: true }
    await keep(this.db, 'session', next)
    return next
  }

  /**
   * After pairing anew: what still waits of this chair goes on under the new device's own sequence. What another
   * tablet had come between comes back to the judge instead: two tablets' marks are never merged silently.
   */
  async adopt(session: Session, before: Session | null = null): Promise<void> {
    const waiting = (await this.pending(session, Infinity)).filter((i) => i.device !== session.device).sort(byOrder)
    const fate = {
      to: 'returned',
      reason: { status: 409, code: 'identity.replaced', title: '', request_id: '' },
    } as const
    const renumbered: (Item | undefined)[] = []
    await strictly(this.db, async (tx) => {
      await tx.objectStore('kept').put(session, 'session')
      for (const { mark_id, device } of waiting) {
        if (before?.replaced && before.device === device) await change(tx, mark_id, (i) => applyFate(i, fate))
        else renumbered.push(await renumber(tx, mark_id, session))
      }
    })
    await copy({ in: 'kept', key: 'session', value: session })
    await copyMarks(renumbered.filter((i) => i !== undefined))
  }

  /** A returned command is sent once more as it was, or laid aside for good; either way it stays stored. */
  async resend(id: string, session: Session): Promise<Item | undefined> {
    const item = await strictly(this.db, async (tx) => {
      const item = await change(tx, id, (i) => (i.state = 'pending'))
      return item && item.device !== session.device ? renumber(tx, id, session) : item
    })
    if (item) await copyMarks([item])
    return item
  }

  async dismiss(id: string): Promise<Item | undefined> {
    return strictly(this.db, (tx) => change(tx, id, (i) => (i.dismissed = true)))
  }

  async confirmed(): Promise<string[]> {
    return (await recall(this.db, 'confirmed')) ?? []
  }

  async confirm(works: string[]): Promise<void> {
    await keep(this.db, 'confirmed', works)
  }
}

/** Words about a session that its newest record, if it is one of ours, has behind it: they went out in their order. */
function clocksIn(bundle: Bundle, mine: ReadonlyMap<string, Item>): string[] {
  const last = (bundle.sessions ?? []).flatMap((s) => mine.get(s.newest) ?? [])
  const isBefore = (i: Item) =>
    last.some(
      (l) => i.work === l.work && i.aspect === l.aspect && i.device === l.device && i.device_seq <= l.device_seq,
    )
  return [...mine.values()].filter((i) => i.kind === 'clock' && isBefore(i)).map((i) => i.mark_id)
}

function isOf(item: Item, session: Session): boolean {
  return item.event === session.event.id && item.chair === session.chair.number
}

const byOrder = (a: Item, b: Item) => a.order - b.order

/** Says whether the server has lost a command: its number is a hole, or after the highest that the server knows. */
function lostBy(bundle: Bundle, session: Session): (item: Item) => boolean {
  const { device } = bundle
  const holes = new Set(device?.holes)
  return (i) => !!device && i.device === session.device && (holes.has(i.device_seq) || i.device_seq > device.highest)
}

async function next(tx: Writing, counter: string): Promise<number> {
  const store = tx.objectStore('kept')
  const n = (((await store.get(counter)) as number | undefined) ?? 0) + 1
  await store.put(n, counter)
  return n
}

async function renumber(tx: Writing, id: string, { device }: Session): Promise<Item | undefined> {
  const device_seq = await next(tx, `seq/${device}`)
  return change(tx, id, (i) => Object.assign(i, { device, device_seq }))
}

/** Never below what the server has seen of this device, whatever the tablet still knows. */
async function countOn(tx: Writing, device: string, highest: number): Promise<void> {
  const store = tx.objectStore('kept')
  const seq = ((await store.get(`seq/${device}`)) as number | undefined) ?? 0
  if (highest > seq) await store.put(highest, `seq/${device}`)
}

async function change(tx: Writing, id: string, how: (item: Item) => unknown): Promise<Item | undefined> {
  const store = tx.objectStore('marks')
  const item = await store.get(id)
  if (!item) return undefined
  how(item)
  await store.put(item)
  return item
}

function applyFate(item: Item, fate: Exclude<Fate, { to: 'kept' }>): void {
  item.state = fate.to
  if (fate.to === 'accepted') Object.assign(item, { receipt: fate.receipt, late: fate.late, reason: undefined })
  else Object.assign(item, { reason: fate.reason, dismissed: false })
}

/** A correction of a mark that was returned now corrects what that one would have replaced, if it never went out. */
async function unhook(tx: Writing, returned: Item): Promise<Item[]> {
  const changed: Item[] = []
  const waiting = await tx.objectStore('marks').index('state').getAll(everything('pending'))
  for (const item of waiting) {
    if (item.supersedes !== returned.mark_id || item.tries > 0 || cellKey(item) !== cellKey(returned)) continue
    const next = await change(tx, item.mark_id, (i) => (i.supersedes = returned.supersedes))
    if (next) changed.push(next)
  }
  return changed
}
