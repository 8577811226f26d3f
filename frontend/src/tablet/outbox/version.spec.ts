import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { IDBFactory } from 'fake-indexeddb'
import { Courier } from './courier'
import { draft, Hall, session, type Wire } from './hall.tools'
import { Outbox } from './outbox'
import { openStore, type Database } from './store'

let db: Database

describe('a new version of the tablet', () => {
  /** The store as version 1 made it. */
  async function oldStore(): Promise<IDBDatabase> {
    const open = indexedDB.open('jiangtai-tablet', 1)
    open.onupgradeneeded = () => {
      open.result.createObjectStore('kept')
      open.result.createObjectStore('marks', { keyPath: 'mark_id' }).createIndex('state', ['state', 'device_seq'])
    }
    return new Promise((done) => (open.onsuccess = () => done(open.result)))
  }

  async function fill(old: IDBDatabase, n: number): Promise<void> {
    const tx = old.transaction(['kept', 'marks'], 'readwrite')
    tx.objectStore('kept').put(session, 'session')
    tx.objectStore('kept').put(n, 'seq/d1')
    for (let i = 1; i <= n; i++) {
      const item = { ...draft(`a${i}`), mark_id: `m${i}`, event: 'e1', chair: 3, device: 'd1', client_at: i, tries: 0 }
      tx.objectStore('marks').put({ ...item, device_seq: i, state: 'pending' })
    }
    await new Promise((done) => (tx.oncomplete = done))
  }

  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory()
  })
  afterEach(() => db.close())

  it('loses none of two hundred marks that wait, and counts on', async () => {
    const old = await oldStore()
    await fill(old, 200)
    old.close()
    db = await openStore()
    const outbox = new Outbox(db)
    const hall = new Hall()
    expect([...db.objectStoreNames]).toEqual(['kept', 'marks', 'photos'])
    const [next] = await outbox.put(session, draft('next'))
    expect([next?.device_seq, next?.order]).toEqual([201, 201])
    const post = (_: unknown, marks: object[]) => Promise.resolve(hall.answer(marks as Wire[]))
    await new Courier(outbox, { post, report: () => undefined }).serve(session)
    expect(hall.records.size).toBe(201)
    expect([...hall.records.values()].map((m) => m.device_seq)).toEqual(Array.from({ length: 201 }, (_, i) => i + 1))
  })

  it('says that an older page is still open, and opens when it is closed', async () => {
    const old = await oldStore()
    await fill(old, 1)
    let opened: Promise<Database> | undefined
    await new Promise<void>((held) => (opened = openStore('jiangtai-tablet', { held })))
    old.close()
    db = (await opened) ?? expect.unreachable('it was asked to open')
    expect(await db.count('marks')).toBe(1)
  })

  it('lets go of the store when a version after it wants it, and says so', async () => {
    let lost = 0
    db = await openStore('jiangtai-tablet', { lost: () => lost++ })
    const next = indexedDB.open('jiangtai-tablet', 99)
    await new Promise((done) => (next.onsuccess = done))
    next.result.close()
    expect(lost).toBe(1)
    await expect(new Outbox(db).put(session, draft('a'))).rejects.toThrow()
  })
})
