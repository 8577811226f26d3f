import { shallowRef } from 'vue'
import { ask, isProblem, type Answer } from '@/shared/http'
import { locale } from '@/shared/locale'
import { dataOf, Trouble } from './trouble'

/** How many requests are under way for longer than one notices. */
export const pending = shallowRef(0)

// Codes that say: nobody is signed in (any more). identity.wrong is not one of them; it is about what was typed.
const SIGNED_OUT = new Set(['identity.sign_in', 'identity.expired', 'identity.ended', 'web.sign_in'])

let signInAgain: ((code: string) => Promise<boolean>) | null = null

/** Plugs what is done when the session is over: true when somebody signed in again and the request may be repeated. */
export function whenSignedOut(again: (code: string) => Promise<boolean>): void {
  signInAgain = again
}

/** One request for data; throws Trouble. A session that is over is mended in between, and the page is not lost. */
export async function call<T = void>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  return dataOf(await again(() => noticed(ask<T>(method, `/api/v1${path}`, { body, language: locale.value }))))
}

/** Sends a file or text as it is, byte for byte, and tells how much has gone (0 to 1). */
export async function sendFile<T>(
  method: 'POST' | 'PUT',
  path: string,
  body: Blob,
  type: string,
  sent?: (share: number) => void,
): Promise<T> {
  return dataOf(await again(() => post<T>(method, `/api/v1${path}`, body, type, sent)))
}

/** A download as the browser would save it. */
export async function fetchFile(path: string): Promise<Blob> {
  const answer = await again<Blob>(async () => {
    try {
      const response = await fetch(`/api/v1${path}`, {
        cache: 'no-store',
        headers: { 'Accept-Language': locale.value },
      })
      if (response.ok) return { kind: 'ok', status: response.status, data: await response.blob(), etag: null }
      return read<Blob>(await response.text(), response.status)
    } catch {
      return { kind: 'nothing', why: 'network' }
    }
  })
  return dataOf(answer)
}

async function again<T>(request: () => Promise<Answer<T>>): Promise<Answer<T>> {
  const answer = await request()
  if (answer.kind !== 'problem' || !SIGNED_OUT.has(answer.problem.code) || !signInAgain) return answer
  return (await signInAgain(answer.problem.code)) ? request() : answer
}

async function noticed<T>(request: Promise<T>): Promise<T> {
  let counted = false
  const timer = setTimeout(() => {
    counted = true
    pending.value++
  }, 400)
  try {
    return await request
  } finally {
    clearTimeout(timer)
    if (counted) pending.value--
  }
}

function post<T>(
  method: string,
  path: string,
  body: Blob,
  type: string,
  sent?: (share: number) => void,
): Promise<Answer<T>> {
  return new Promise((done) => {
    const request = new XMLHttpRequest()
    request.open(method, path)
    request.setRequestHeader('X-Jiangtai', '1')
    request.setRequestHeader('Content-Type', type)
    request.setRequestHeader('Accept-Language', locale.value)
    request.upload.onprogress = (e) => e.lengthComputable && sent?.(e.loaded / e.total)
    request.onload = () => done(read<T>(request.responseText, request.status))
    request.onerror = () => done({ kind: 'nothing', why: 'network' })
    request.send(body)
  })
}

function read<T>(text: string, status: number): Answer<T> {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return { kind: 'nothing', why: 'foreign' }
  }
  if (isProblem(body)) return { kind: 'problem', problem: body }
  if (status >= 200 && status < 300) return { kind: 'ok', status, data: body as T, etag: null }
  return { kind: 'nothing', why: 'foreign' }
}

export { Trouble }
