import { isProblem, type Answer } from '@/shared/http'
import { locale } from '@/shared/locale'
import type { Photo, Session } from '../outbox/store'

const PATIENCE = 60_000

/** Sends one photo as it is; the same one again is answered as at the first time. Never throws. */
export async function postPhoto(session: Session, photo: Photo): Promise<Answer<unknown>> {
  const { id, work, aspect, sha256, client_at } = photo
  const query = new URLSearchParams({ id, work, aspect, sha256, client_at: String(client_at) })
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), PATIENCE)
  try {
    const response = await fetch(`/api/v1/tablet/evidence?${query}`, {
      method: 'POST',
      headers: {
        Accept: 'application/json, application/problem+json',
        Authorization: `Bearer ${session.token}`,
        'Accept-Language': locale.value,
        'Content-Type': 'image/jpeg',
        'X-Jiangtai': '1',
      },
      body: photo.jpeg,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: stop.signal,
    })
    return read(response.status, response.headers.get('Content-Type') ?? '', await response.text(), photo.id)
  } catch {
    return { kind: 'nothing', why: stop.signal.aborted ? 'timeout' : 'network' }
  } finally {
    clearTimeout(timer)
  }
}

/** Only our server's word counts: a photo is sent when it is told of by its id. */
export function read(status: number, type: string, text: string, id: string): Answer<unknown> {
  try {
    const body = JSON.parse(text) as { id?: unknown }
    if (type.startsWith('application/problem+json') && isProblem(body)) return { kind: 'problem', problem: body }
    if (status < 300 && type.startsWith('application/json') && body.id === id) {
      return { kind: 'ok', status, data: body, etag: null }
    }
  } catch {
    // the page of a hotel's Wi-Fi, or a proxy's
  }
  return { kind: 'nothing', why: 'foreign' }
}
