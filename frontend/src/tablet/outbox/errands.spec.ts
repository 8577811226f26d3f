import { afterEach, beforeEach, expect, it } from 'vitest'
import { IDBFactory } from 'fake-indexeddb'
import { Errands } from './errands'
import { keep, openStore, type Call, type Database, type Photo } from './store'

let db: Database
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  db = await openStore()
})
afterEach(() => db.close())

const given = { event: 'e1', chair: 3, client_at: 1, state: 'pending' as const }
const photo = (id: string, more: Partial<Photo> = {}): Photo => ({
  ...given,
  id,
  work: '417A',
  aspect: 'a',
  sha256: '',
  jpeg: new Blob(),
  ...more,
})
const call: Call = { ...given, call_id: 'c', about: 'help' }

it('counts what waits in every queue, and only what waits', async () => {
  await db.put('photos', photo('1'))
  await db.put('photos', photo('2', { state: 'accepted' }))
  await keep(db, 'calls', [call, { ...call, call_id: 'd', state: 'accepted' }])
  const left: number[][] = []
  const counts = async () => {
    await new Errands(db, () => false, (...n) => left.push(n)).kick() // prettier-ignore
    return left.at(-1)
  }
  expect(await counts()).toEqual([2, 0])
  await db.put('kept', [{ state: 'pending' }, { state: 'accepted' }] as never, 'signatures')
  expect(await counts()).toEqual([3, 1])
})

it('goes one after the other, only when it may, and goes on when one fails', async () => {
  let may = false
  const went: string[] = []
  const errands = new Errands(
    db,
    () => may,
    () => undefined,
  )
  errands.add(() => Promise.reject(new Error('the network is gone')))
  errands.add(() => Promise.resolve(went.push('b')))
  await errands.kick()
  expect(went).toEqual([])
  may = true
  await errands.kick()
  expect(went).toEqual(['b'])
})

it('runs once more for what was queued while it ran, never twice at a time', async () => {
  let running = 0
  let most = 0
  let runs = 0
  const errands = new Errands(
    db,
    () => true,
    () => undefined,
  )
  errands.add(async () => {
    most = Math.max(most, ++running)
    if (++runs === 1) void errands.kick()
    await db.count('marks')
    running--
  })
  await errands.kick()
  expect([runs, most]).toEqual([2, 1])
})
