import { ask, type Answer } from '@/shared/http'
import { locale } from '@/shared/locale'
import type { Bundle, PanelState, ChairInfo, EventInfo } from './bundle'
import type { Result } from './outbox/answers'
import type { Session } from './outbox/store'

interface Paired {
  token: string
  device: string
  event: EventInfo
  chair: ChairInfo
}

// The tablet speaks by its own token and never by the browser's cookie: somebody who signs in to the console in the
// next tab must neither become this chair nor unseat it.
const own = { credentials: 'omit' } as const

export function pair(code: string): Promise<Answer<Paired>> {
  return ask('POST', '/api/v1/pairings', { ...own, body: { code }, language: locale.value })
}

export function fetchBundle(session: Session, etag: string | null, waiting: number): Promise<Answer<Bundle>> {
  const headers = { 'X-Jiangtai-Pending': String(waiting) }
  return ask('GET', '/api/v1/tablet/bundle', { ...own, token: session.token, etag, headers, language: locale.value })
}

export function postMarks(session: Session, marks: object[], waiting: number): Promise<Answer<{ results: Result[] }>> {
  const headers = { 'X-Jiangtai-Pending': String(waiting) }
  return ask('POST', '/api/v1/marks', {
    ...own,
    token: session.token,
    body: { marks },
    headers,
    language: locale.value,
    timeout: 20_000,
  })
}

export function fetchPanel(session: Session, work: string, aspect: string): Promise<Answer<PanelState>> {
  const path = ['events', session.event.id, 'panel', work, aspect].map(encodeURIComponent).join('/')
  return ask('GET', `/api/v1/${path}`, { ...own, token: session.token, timeout: 6_000, language: locale.value })
}

/** Ends the session on the server; what the tablet keeps stays. */
export function leave(session: Session): Promise<Answer<void>> {
  return ask('DELETE', '/api/v1/sessions/current', { ...own, token: session.token })
}
