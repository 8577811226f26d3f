import { afterEach, describe, expect, it, vi } from 'vitest'
import { ask } from './http'

const answer = (status: number, type: string, body: string | null, headers: Record<string, string> = {}) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(() => Promise.resolve(new Response(body, { status, headers: { 'Content-Type': type, ...headers } }))),
  )

const problem = { type: 'about:blank', title: '忙', status: 429, code: 'server.busy', request_id: 'r1', retry_after: 3 }

afterEach(() => vi.unstubAllGlobals())

describe('asking the server', () => {
  it('gives what it answered', async () => {
    answer(200, 'application/json; charset=utf-8', '{"a":1}', { ETag: '"7"' })
    expect(await ask('GET', '/x')).toEqual({ kind: 'ok', status: 200, data: { a: 1 }, etag: '"7"' })
  })

  it('knows a problem of ours', async () => {
    answer(429, 'application/problem+json', JSON.stringify(problem))
    expect(await ask('GET', '/x')).toEqual({ kind: 'problem', problem })
  })

  it.each([
    ['a login page of the hall', 200, 'text/html', '<html>'],
    ['a login page that says it is JSON', 200, 'application/json', '<html>'],
    ['a proxy that cannot reach us', 502, 'text/html', 'Bad Gateway'],
    ['an error of somebody else', 403, 'application/json', '{"error":"forbidden"}'],
    ['a problem without a code', 422, 'application/problem+json', '{"status":422,"title":"no"}'],
    ['a problem with a foreign code', 422, 'application/problem+json', '{"status":422,"code":"E1","request_id":"r"}'],
    ['half an answer', 200, 'application/json', '{"results":['],
  ])('takes %s for no answer', async (_, status, type, body) => {
    answer(status, type, body)
    expect(await ask('POST', '/x', { body: {} })).toEqual({ kind: 'nothing', why: 'foreign' })
  })

  it('takes a dead network for no answer', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed to fetch')))
    expect(await ask('GET', '/x')).toEqual({ kind: 'nothing', why: 'network' })
  })

  it('gives up on a server that never answers', async () => {
    vi.stubGlobal(
      'fetch',
      (_: string, init: RequestInit) =>
        new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted')))),
    )
    expect(await ask('GET', '/x', { timeout: 5 })).toEqual({ kind: 'nothing', why: 'timeout' })
  })

  it('marks every write and carries the token', async () => {
    answer(204, 'text/plain', null)
    await ask('POST', '/x', { body: { a: 1 }, token: 'secret' })
    const init = vi.mocked(fetch).mock.calls[0]?.[1]
    expect(init?.headers).toMatchObject({
      'X-Jiangtai': '1',
      Authorization: 'Bearer secret',
      'Content-Type': 'application/json',
    })
  })
})
