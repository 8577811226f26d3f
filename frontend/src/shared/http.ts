/** One fault of one place in what was sent. */
export interface Fault {
  path: string
  code: string
  hint?: string
}

/** The server's own refusal (RFC 9457). Nothing else counts as one: see isProblem. */
export interface Problem {
  status: number
  code: string
  title: string
  request_id: string
  retry_after?: number
  fields?: Fault[]
}

/**
 * What came of a request. "nothing" means that our server has not spoken: no network, too slow, or somebody else
 * answered in its place (the login page of a hotel's Wi-Fi, a proxy, another program on the port).
 */
export type Answer<T> =
  | { kind: 'ok'; status: number; data: T; etag: string | null }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'nothing'; why: 'network' | 'timeout' | 'foreign' }

export interface Asking {
  body?: unknown
  token?: string | null
  etag?: string | null
  /** Language of the words in a problem. */
  language?: string
  headers?: Record<string, string>
  /** Milliseconds until the answer is given up; 15 s unless told. */
  timeout?: number
  /** Whose session speaks: the cookie of the browser, or only the token that is given here. */
  credentials?: RequestCredentials
}

const CODE = /^[a-z][a-z0-9_]*\.[a-z0-9_.]+$/

/** Says whether a body is a problem of ours: a code of the catalogue's shape and a request id. */
export function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false
  const p = body as Record<string, unknown>
  return (
    typeof p.status === 'number' && typeof p.code === 'string' && CODE.test(p.code) && typeof p.request_id === 'string'
  )
}

/** Sends one request and never throws. */
export async function ask<T>(method: string, path: string, asking: Asking = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: 'application/json, application/problem+json', ...asking.headers }
  if (method !== 'GET') headers['X-Jiangtai'] = '1'
  if (asking.body !== undefined) headers['Content-Type'] = 'application/json'
  if (asking.token) headers.Authorization = `Bearer ${asking.token}`
  if (asking.etag) headers['If-None-Match'] = asking.etag
  if (asking.language) headers['Accept-Language'] = asking.language

  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), asking.timeout ?? 15_000)
  try {
    const response = await fetch(path, {
      method,
      headers,
      body: asking.body === undefined ? undefined : JSON.stringify(asking.body),
      credentials: asking.credentials ?? 'same-origin',
      cache: 'no-store',
      redirect: 'error', // our interface never redirects; whoever does is not our server
      signal: stop.signal,
    })
    return await read<T>(response)
  } catch {
    return { kind: 'nothing', why: stop.signal.aborted ? 'timeout' : 'network' }
  } finally {
    clearTimeout(timer)
  }
}

async function read<T>(response: Response): Promise<Answer<T>> {
  const type = (response.headers.get('Content-Type') ?? '').split(';')[0]?.trim()
  const etag = response.headers.get('ETag')
  if (response.status === 204 || response.status === 304) {
    return { kind: 'ok', status: response.status, data: undefined as T, etag }
  }
  let body: unknown
  try {
    body = JSON.parse(await response.text())
  } catch {
    return { kind: 'nothing', why: 'foreign' }
  }
  if (type === 'application/problem+json' && isProblem(body)) return { kind: 'problem', problem: body }
  if (response.ok && type === 'application/json') return { kind: 'ok', status: response.status, data: body as T, etag }
  return { kind: 'nothing', why: 'foreign' }
}
