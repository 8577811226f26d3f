import 'fake-indexeddb/auto'
import { computed, shallowRef } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openStore, type Session } from '../outbox/store'
import type { Tablet } from '../tablet'
import { MOST, Photos } from './photos'
import { read } from './send'
import { attempts, fitted } from './shrink'

vi.mock('./shrink', async (real) => ({
  ...(await real<object>()),
  shrink: (file: Blob) => Promise.resolve(file.size ? new Blob([file, ' drawn anew']) : null),
  thumbnail: () => Promise.resolve(new Blob(['small'])),
}))

describe('a photo is made smaller', () => {
  it('by its longer side, and never made larger', () => {
    expect(fitted(4000, 3000, 1600)).toEqual({ width: 1600, height: 1200 })
    expect(fitted(3000, 4000, 1600)).toEqual({ width: 1200, height: 1600 })
    expect(fitted(640, 480, 1600)).toEqual({ width: 640, height: 480 })
    expect(fitted(40_000, 3, 1600)).toEqual({ width: 1600, height: 1 })
  })

  it('step by step, each lighter than the one before', () => {
    const weights = attempts.map((a) => a.longest * a.longest * a.quality)
    expect([...weights].sort((a, b) => b - a)).toEqual(weights)
  })
})

describe('an answer to a photo', () => {
  const told = JSON.stringify({ id: 'p1' })
  const problem = JSON.stringify({ status: 404, code: 'evidence.missing', title: 'x', request_id: 'r' })
  it.each([
    ['kept', 201, 'application/json', told, 'ok'],
    ['kept already', 200, 'application/json; charset=utf-8', told, 'ok'],
    ['of another photo', 201, 'application/json', JSON.stringify({ id: 'p2' }), 'nothing'],
    ['a refusal', 404, 'application/problem+json', problem, 'problem'],
    ['a portal', 200, 'text/html', '<html>', 'nothing'],
    ['a proxy', 502, 'application/json', '{}', 'nothing'],
  ])('%s', (_, status, type, text, kind) => expect(read(status, type, text, 'p1').kind).toBe(kind))
})

describe('the queue of photos', () => {
  const session = { token: 't', device: 'd', event: { id: 'e', trade: '焊工' }, chair: { number: 3 } } as Session
  const place = { work: '417A', aspect: 'ppe', attempt: 1, round: 1 }
  let photos: Photos
  let go: () => Promise<unknown>
  let tablet: Tablet
  let sent: string[]
  let answer: () => Response | Promise<Response>

  const json = (status: number, body: object, type = 'application/json') =>
    new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } })

  beforeEach(async () => {
    sent = []
    const db = await openStore(`photos-${crypto.randomUUID()}`)
    tablet = {
      db,
      session: shallowRef(session),
      sync: computed(() => ({ readonly: false })),
      errand: (run: () => Promise<unknown>) => (go = run),
      follow: () => undefined,
    } as unknown as Tablet
    photos = new Photos(tablet)
    answer = () => json(201, { id: sent[sent.length - 1] })
    vi.stubGlobal('fetch', (path: string) => {
      sent.push(new URL(path, 'https://hall.test').searchParams.get('id') ?? '')
      return Promise.resolve(answer())
    })
  })
  afterEach(() => vi.unstubAllGlobals())

  const states = () => photos.of('417A', 'ppe').map((p) => p.state)

  it('keeps a photo on the disk before anything is sent', async () => {
    expect(await photos.take(place, new Blob(['x']))).toBe('kept')
    expect(sent).toEqual([])
    const kept = await tablet.db.getAll('photos')
    expect(kept.map((p) => [p.work, p.aspect, p.state, p.sha256.length])).toEqual([['417A', 'ppe', 'pending', 64]])
  })

  it('leaves a small picture when the server has it', async () => {
    await photos.take(place, new Blob(['x']))
    await go()
    expect(states()).toEqual(['accepted'])
    expect(photos.of('417A', 'ppe')[0]?.jpeg.size).toBe(5)
    await go()
    expect(sent).toHaveLength(1)
  })

  it('keeps it where nobody answers, and sends the same one again', async () => {
    await photos.take(place, new Blob(['x']))
    answer = () => Promise.reject(new TypeError('no network'))
    await go()
    answer = () => json(503, { status: 503, code: 'server.unavailable', request_id: 'r' }, 'application/problem+json')
    await go()
    expect(states()).toEqual(['pending'])
    answer = () => json(200, { id: sent[0] })
    await go()
    expect(states()).toEqual(['accepted'])
    expect(new Set(sent).size).toBe(1)
  })

  it('shows one that was returned with its reason, and lets the next pass', async () => {
    await photos.take(place, new Blob(['x']))
    await photos.take(place, new Blob(['y']))
    let n = 0
    answer = () =>
      n++
        ? json(201, { id: sent[sent.length - 1] })
        : json(
            422,
            { status: 422, code: 'evidence.picture', title: '打不开', request_id: 'r' },
            'application/problem+json',
          )
    await go()
    expect(states()).toEqual(['returned', 'accepted'])
    const [first] = photos.of('417A', 'ppe')
    expect(first?.reason?.title).toBe('打不开')
    if (first) await photos.again(first)
    await go()
    expect(states()).toEqual(['accepted', 'accepted'])
  })

  it('takes no more than so many of one aspect, and nothing that is no picture', async () => {
    expect(await photos.take(place, new Blob([]))).toBe('bad')
    for (let i = 0; i < MOST; i++) expect(await photos.take(place, new Blob(['x']))).toBe('kept')
    expect(await photos.take(place, new Blob(['x']))).toBe('most')
    expect(await photos.take({ ...place, aspect: 'tidy' }, new Blob(['x']))).toBe('kept')
  })

  it('does not send another chair’s', async () => {
    await photos.take(place, new Blob(['x']))
    tablet.session.value = { ...session, chair: { ...session.chair, number: 4 } }
    await vi.waitFor(() => expect(photos.of('417A', 'ppe')).toHaveLength(0))
    await go()
    expect(sent).toEqual([])
  })
})
