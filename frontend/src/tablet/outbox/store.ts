import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb'
import type { Problem } from '@/shared/http'
import type { Bundle, ChairInfo, EventInfo, MarkKind, Place } from '../bundle'
import { copy, uncopy } from './second'

/** Who this tablet speaks for, since it was paired. */
export interface Session {
  token: string
  device: string
  event: Pick<EventInfo, 'id' | 'trade' | 'trade_en'>
  chair: ChairInfo
  /** 换机: another tablet has this chair now. What waits here goes to the chief judge, and nothing new is marked. */
  replaced?: boolean
}

/** What the server said when it would not take a mark; kept with the mark and in its export. */
export type Reason = Pick<Problem, 'status' | 'code' | 'title' | 'fields' | 'request_id'>

/** One command in the outbox. It is never removed: the tablet can refill a server that has lost its disk. */
export interface Item extends Place {
  mark_id: string
  event: string
  chair: number
  kind: MarkKind
  value: string
  version: number
  supersedes: string | null
  device: string
  device_seq: number
  /** The tablet's clock in milliseconds; shown, never relied on. */
  client_at: number
  /** Counts the taps of this tablet, whatever device it was to the server and whatever its clock said. */
  order: number
  text?: string
  state: 'pending' | 'accepted' | 'returned'
  /** How often it was handed to the network. A command that may have arrived must not change any more. */
  tries: number
  receipt?: unknown
  /** Accepted after the lock: kept by the server, not counted. */
  late?: boolean
  reason?: Reason
  /** The judge has seen the reason and lets it rest. */
  dismissed?: boolean
  /** The bundle on this tablet is newer than the receipt, so that the bundle has the last word. */
  covered?: boolean
}

/** What was given besides marks and waits for the server like them. "returned" was refused: see reason. */
interface Given {
  event: string
  chair: number
  client_at: number
  state: 'pending' | 'accepted' | 'returned'
  reason?: Reason
}

/** 证据照片: a photograph for one aspect of a work, resized and without metadata. */
export interface Photo extends Given {
  id: string
  work: string
  aspect: string
  sha256: string
  jpeg: Blob
}

/** 签名: strokes under what the judge was shown; digest is of that content. */
export interface Signature extends Given {
  signature_id: string
  kind: 'mark_sheet' | 'panel_summary'
  digest: string
  strokes: string
}

/** 呼叫: a judge asks for somebody; answer is what the chief judge said to it. */
export interface Call extends Given {
  call_id: string
  about: 'help' | 'device' | 'dispute' | 'label'
  work?: string
  text?: string
  answer?: string
}

/** The bundle as it came, with the tag that asks for changes only. */
export interface KeptBundle {
  bundle: Bundle
  etag: string | null
}

export interface Kept {
  session: Session
  bundle: KeptBundle
  confirmed: string[]
  signatures: Signature[]
  calls: Call[]
}

interface Schema extends DBSchema {
  kept: { key: string; value: unknown }
  marks: { key: string; value: Item; indexes: { state: [string, number] } }
  /** Since version 2; the index is over state and client_at. */
  photos: { key: string; value: Photo; indexes: { state: [string, number] } }
}

export type Database = IDBPDatabase<Schema>
export type Writing = IDBPTransaction<Schema, ['kept', 'marks'], 'readwrite'>

/** What happens to the database while this page has it open, or wants to. */
export interface Watch {
  /** Another page holds an older version: it must be closed before this one opens. */
  held?: () => void
  /** The store was taken from this page: a newer version wants it, or the browser has let go of it. */
  lost?: () => void
  /** There was no store: this tablet is new, or its browser has thrown the store away. */
  made?: () => void
}

/**
 * Opens the tablet's database and brings it from any earlier version to this one; what is in it stays. It does not
 * resolve while another page holds an older version, and rejects when it cannot be opened: nothing may be marked then.
 */
export async function openStore(name = 'jiangtai-tablet', watch: Watch = {}): Promise<Database> {
  const db: Database = await openDB<Schema>(name, 2, {
    async upgrade(fresh, from, _, tx) {
      if (from < 1) {
        watch.made?.()
        fresh.createObjectStore('kept')
        fresh.createObjectStore('marks', { keyPath: 'mark_id' }).createIndex('state', ['state', 'device_seq'])
      }
      if (from < 2) fresh.createObjectStore('photos', { keyPath: 'id' }).createIndex('state', ['state', 'client_at'])
      if (from !== 1) return
      const all = await tx.objectStore('marks').getAll()
      all.sort((a, b) => a.client_at - b.client_at || a.device_seq - b.device_seq)
      for (const [i, item] of all.entries()) await tx.objectStore('marks').put({ ...item, order: i + 1 })
      await tx.objectStore('kept').put(all.length, 'order')
    },
    blocked: () => watch.held?.(),
    blocking: () => {
      db.close()
      watch.lost?.()
    },
    terminated: () => watch.lost?.(),
  })
  return db
}

export async function recall<K extends keyof Kept>(db: Database, key: K): Promise<Kept[K] | undefined> {
  return (await db.get('kept', key)) as Kept[K] | undefined
}

export async function keep<K extends keyof Kept>(db: Database, key: K, value: Kept[K] | undefined): Promise<void> {
  if (value === undefined) {
    await db.delete('kept', key)
    await uncopy({ in: 'kept', key })
  } else {
    await db.put('kept', value, key)
    await copy({ in: 'kept', key, value })
  }
}

/**
 * One transaction over both stores that is on the disk when it resolves: "strict" waits for the flush, so that a
 * battery which fails after the tick has cost nothing.
 */
export async function strictly<T>(db: Database, work: (tx: Writing) => Promise<T>): Promise<T> {
  const tx = db.transaction(['kept', 'marks'], 'readwrite', { durability: 'strict' })
  try {
    const result = await work(tx)
    await tx.done
    return result
  } catch (fault) {
    tx.done.catch(() => undefined) // the abort below rejects it; the caller hears of the first fault
    try {
      tx.abort()
    } catch {
      // it has ended already
    }
    throw fault
  }
}
