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
  /** Another tablet sat there until now and is frozen. */
  took_over?: boolean
}

// The tablet speaks by its own token and never by the browser's cookie: somebody who signs in to the console in the
// next tab must neither become this chair nor unseat it.
const own = { credentials: 'omit' } as const

/** An earlier token of this tablet, of whatever age, lets the server tell it from a stranger who guesses codes. */
export function pair(code: string, known: string | null): Promise<Answer<Paired>> {
  return ask('POST', '/api/v1/pairings', { ...own, token: known, body: { code }, language: locale.value })
}

/** Tells how many marks wait here, so that nobody locks an event over them. */
export function reportWaiting(session: Session, pending: number): Promise<Answer<void>> {
  return ask('PUT', '/api/v1/devices/current', { ...own, token: session.token, body: { pending } })
}

/** How many marks are still on the tablet goes along with what it asks anyway: no event is locked over them. */
const left = (n: number) => ({ 'X-Jiangtai-Pending': String(n) })

export function fetchBundle(
  session: Session,
  etag: string | null,
  waiting: number,
  signatures: number,
): Promise<Answer<Bundle>> {
  return ask('GET', '/api/v1/tablet/bundle', {
    ...own,
    token: session.token,
    etag,
    headers: { ...left(waiting), 'X-Jiangtai-Signatures': String(signatures) },
    language: locale.value,
  })
}

export function postMarks(session: Session, marks: object[], more: number): Promise<Answer<{ results: Result[] }>> {
  const asking = {
    ...own,
    token: session.token,
    body: { marks },
    headers: left(more),
    language: locale.value,
    timeout: 20_000,
  }
  return ask('POST', '/api/v1/marks', asking)
}

/** What the panel of an aspect has given in one attempt at it. */
export function fetchPanel(
  session: Session,
  { work, aspect, attempt }: { work: string; aspect: string; attempt: number },
): Promise<Answer<PanelState>> {
  const path = ['events', session.event.id, 'panel', work, aspect].map(encodeURIComponent).join('/')
  return ask('GET', `/api/v1/${path}?attempt=${attempt}`, {
    ...own,
    token: session.token,
    timeout: 6_000,
    language: locale.value,
  })
}

/** Ends the session on the server; what the tablet keeps stays. */
export function leave(session: Session): Promise<Answer<void>> {
  return ask('DELETE', '/api/v1/sessions/current', { ...own, token: session.token })
}
