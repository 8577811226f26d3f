// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { IDBFactory } from 'fake-indexeddb'
import { draft, session } from './hall.tools'
import { Outbox } from './outbox'
import { restore, tidy } from './restore'
import { copy } from './second'
import { keep, openStore, recall, type Database, type Photo } from './store'

// A cache as the browser has it: addresses and bytes, and nothing else survives.
let files: Map<string, ArrayBuffer>
const cache = {
  put: async (at: string, r: Response) => void files.set(new URL(at, 'https://hall.test').href, await r.arrayBuffer()),
  match: (r: Request) => Promise.resolve(files.has(r.url) ? new Response(files.get(r.url)) : undefined),
  delete: (at: string) => Promise.resolve(files.delete(new URL(at, 'https://hall.test').href)),
  keys: () => Promise.resolve([...files.keys()].map((url) => new Request(url))),
}

let db: Database
let outbox: Outbox
beforeEach(async () => {
  files = new Map()
  vi.stubGlobal('caches', { open: () => Promise.resolve(cache) })
  await again()
})
afterEach(() => {
  db.close()
  vi.unstubAllGlobals()
})

/** The browser throws the database away. */
async function again(): Promise<boolean> {
  globalThis.indexedDB = new IDBFactory()
  let isNew = false
  db = await openStore(undefined, { made: () => (isNew = true) })
  outbox = new Outbox(db)
  return isNew
}

describe('a database that the browser has thrown away', () => {
  it('comes back whole: chair, marks in their order, and the numbers go on', async () => {
    await outbox.adopt(session)
    await outbox.put(session, draft('a'), draft('b', '2', { text: '第一行\n第二行' }))
    await outbox.put(session, draft('c'))
    const before = await outbox.list(session)
    expect(await again()).toBe(true)
    expect(await restore(db)).toBe(3)
    expect(await recall(db, 'session')).toEqual(session)
    expect(await outbox.list(session)).toEqual(before.map((i) => ({ ...i, tries: 1 })))
    const [next] = await outbox.put(session, draft('d'))
    expect([next?.device_seq, next?.order]).toEqual([4, 4])
  })

  it('brings signatures, calls and photos, to the byte', async () => {
    await outbox.adopt(session)
    const call = { event: 'e1', chair: 3, client_at: 1, state: 'pending', call_id: 'c', about: 'help' } as const
    await keep(db, 'calls', [call])
    const bytes = new Uint8Array([255, 10, 0, 10, 216])
    const photo = { id: 'p1', state: 'pending', work: '417A', jpeg: new Blob([bytes]) } as Photo
    await copy({ in: 'photos', key: 'p1', value: photo })
    await again()
    await restore(db)
    expect(await recall(db, 'calls')).toEqual([call])
    const [back] = await db.getAll('photos')
    expect([back?.id, back?.work, back?.jpeg.size]).toEqual(['p1', '417A', 5])
  })

  it('loses nothing but the row whose copy was torn too', async () => {
    await outbox.adopt(session)
    const [, b] = await outbox.put(session, draft('a'), draft('b'), draft('c'))
    const torn = [...files.keys()].find((k) => k.includes(b?.mark_id ?? '-')) ?? ''
    files.set(torn, files.get(torn)?.slice(0, 40) ?? expect.unreachable())
    await again()
    expect(await restore(db)).toBe(2)
    expect((await outbox.list(session)).map((i) => i.aspect)).toEqual(['a', 'c'])
  })

  it('of a tablet that was never paired, or that gave its chair up, brings nothing', async () => {
    expect(await restore(db)).toBe(0)
    await outbox.adopt(session)
    await outbox.put(session, draft('a'))
    await keep(db, 'session', undefined)
    await again()
    expect(await restore(db)).toBe(0)
    expect(await recall(db, 'session')).toBeUndefined()
  })
})

describe('the copy', () => {
  it('never stands in the way of a mark', async () => {
    vi.stubGlobal('caches', { open: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) })
    await outbox.adopt(session)
    expect(await outbox.put(session, draft('a'))).toHaveLength(1)
    expect(await restore(db)).toBe(0)
  })

  it('has no mark that was not written down', async () => {
    await outbox.adopt(session)
    const before = files.size
    await expect(outbox.put(session, draft('a'), { ...draft('b'), value: (() => 1) as never })).rejects.toThrow()
    expect(files.size).toBe(before)
  })

  it('gets what it misses, and lets go of what the server has', async () => {
    await outbox.adopt(session)
    const [a, b] = await outbox.put(session, draft('a'), draft('b'))
    if (!a || !b) return expect.unreachable()
    await db.put('marks', { ...a, state: 'accepted', covered: true })
    const has = (id: string) => [...files.keys()].some((k) => k.endsWith(id))
    files.delete([...files.keys()].find((k) => k.endsWith(b.mark_id)) ?? '')
    expect([has(a.mark_id), has(b.mark_id)]).toEqual([true, false])
    await tidy(db)
    expect([has(a.mark_id), has(b.mark_id)]).toEqual([false, true])
  })
})
