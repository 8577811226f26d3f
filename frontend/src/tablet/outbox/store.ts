import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb'
import type { Problem } from '@/shared/http'
import type { Bundle, ChairInfo, EventInfo, MarkKind, Place } from '../bundle'

/** Who this tablet speaks for, since it was paired. */
export interface Session {
  token: string
  device: string
  event: Pick<EventInfo, 'id' | 'trade' | 'trade_en'>
  chair: ChairInfo
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

/** The bundle as it came, with the tag that asks for changes only. */
export interface KeptBundle {
  bundle: Bundle
  etag: string | null
}

interface Kept {
  session: Session
  bundle: KeptBundle
  confirmed: string[]
}

interface Schema extends DBSchema {
  kept: { key: string; value: unknown }
  marks: { key: string; value: Item; indexes: { state: [string, number] } }
}

export type Database = IDBPDatabase<Schema>
export type Writing = IDBPTransaction<Schema, ['kept', 'marks'], 'readwrite'>

/** Opens the tablet's database. It rejects when another version blocks it: then nothing may be marked. */
export async function openStore(name = 'jiangtai-tablet'): Promise<Database> {
  return openDB<Schema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('kept')
      const marks = db.createObjectStore('marks', { keyPath: 'mark_id' })
      marks.createIndex('state', ['state', 'device_seq'])
    },
  })
}

export async function recall<K extends keyof Kept>(db: Database, key: K): Promise<Kept[K] | undefined> {
  return (await db.get('kept', key)) as Kept[K] | undefined
}

export async function keep<K extends keyof Kept>(db: Database, key: K, value: Kept[K] | undefined): Promise<void> {
  if (value === undefined) await db.delete('kept', key)
  else await db.put('kept', value, key)
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
