import 'fake-indexeddb/auto'
import { shallowRef } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openStore, type Database, type Session } from '../outbox/store'
import { callNews } from '../panels'
import type { Tablet } from '../tablet'
import { Calls } from './calls'

const session: Session = {
  token: 't',
  device: 'd0000000-0000-4000-8000-000000000001',
  event: { id: 'e0000000-0000-4000-8000-000000000001', trade: '焊工' },
  chair: { number: 2, panel: 'judges', seat: 1, judge: '周敏', chief: false },
}

/** What the calls know of a tablet. */
class Page {
  readonly session = shallowRef<Session | null>(session)
  readonly sync = shallowRef({ readonly: false })
  readonly link = { answered: () => undefined }
  carry: () => Promise<unknown> = () => Promise.resolve()
  follows = 0
  constructor(readonly db: Database) {}
  errand(run: () => Promise<unknown>): void {
    this.carry = run
  }
  follow(): void {
    this.follows++
  }
}

let db: Database
let page: Page
let calls: Calls
let asked: { method: string; path: string; body: string }[]
let answer: () => Response

function reply(status: number, body: unknown): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json'
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } })
}
const told = (id: string, more: object = {}) => ({
  call_id: id,
  about: 'help',
  client_at: '2026-11-22T10:00:00Z',
  at: '2026-11-22T10:00:01Z',
  closed: false,
  chair: 2,
  said: [],
  ...more,
})

beforeEach(async () => {
  db = await openStore(`calls-${Math.random()}`)
  page = new Page(db)
  calls = new Calls(page as unknown as Tablet)
  asked = []
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    asked.push({ method: init.method ?? 'GET', path, body: typeof init.body === 'string' ? init.body : '' })
    return Promise.resolve(answer())
  })
})
afterEach(() => vi.unstubAllGlobals())

const only = () => calls.shown.value[0]

describe('calls of a tablet', () => {
  it('are written down before they are sent, and wait through silence', async () => {
    expect(await calls.make('dispute', '274X', '划伤怎么算')).toBe(true)
    expect(page.follows).toBe(1)
    expect(await db.get('kept', 'calls')).toMatchObject([
      { about: 'dispute', work: '274X', state: 'pending', chair: 2 },
    ])
    answer = () => {
      throw new Error('no network')
    }
    await page.carry()
    expect(only()?.state).toBe('pending')

    const id = only()?.call_id ?? ''
    answer = () => reply(200, told(id))
    await page.carry()
    expect(only()?.state).toBe('accepted')
    expect(JSON.parse(asked.at(-1)?.body ?? '{}')).toMatchObject({ call_id: id, about: 'dispute', work: '274X' })
    const before = asked.length
    await page.carry()
    expect(asked).toHaveLength(before)
  })

  it('come back with the reason when they are refused', async () => {
    await calls.make('label', '', '')
    answer = () =>
      reply(422, { type: 'about:blank', status: 422, code: 'calls.too_many', title: '太多', request_id: 'r' })
    await page.carry()
    expect(only()).toMatchObject({ state: 'returned', reason: { code: 'calls.too_many', title: '太多' } })
  })

  it('bring the answer back, which is news until it is looked at', async () => {
    await calls.make('help', '', '')
    const id = only()?.call_id ?? ''
    answer = () => reply(200, told(id))
    await page.carry()
    expect(callNews.value).toBe(0)
    const said = [{ text: '马上来', closes: false, by: '裁判长', at: '2026-11-22T10:01:00Z' }]
    answer = () => reply(200, { calls: [told(id, { said })] })
    await calls.hear()
    await vi.waitFor(() => expect(callNews.value).toBe(1))
    expect(only()?.told?.said).toEqual(said)
    await calls.look()
    await vi.waitFor(() => expect(callNews.value).toBe(0))
  })

  it('of another chair on the same tablet are not shown', async () => {
    await calls.make('help', '', '')
    page.session.value = { ...session, chair: { ...session.chair, number: 3 } }
    expect(calls.shown.value).toEqual([])
  })
})
