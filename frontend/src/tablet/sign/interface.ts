import type { components } from '@/shared/api'
import { ask, type Answer } from '@/shared/http'
import { locale } from '@/shared/locale'
import type { Session } from '../outbox/store'

type S = components['schemas']

/** 签名进度 of this chair and its panel, as the server tells it. */
export type OwnSigning = S['OwnSigning']
export type OwnStep = S['OwnStep']
export type WholePanel = S['WholePanel']
export type Receipt = S['SignatureReceipt']

const own = (session: Session) =>
  ({ credentials: 'omit', token: session.token, language: locale.value, timeout: 20_000 }) as const

export function fetchSigning(session: Session): Promise<Answer<OwnSigning>> {
  return ask('GET', '/api/v1/tablet/signing', own(session))
}

export function fetchWhole(session: Session): Promise<Answer<WholePanel>> {
  return ask('GET', '/api/v1/tablet/signing/summary', own(session))
}

export function postSignature(session: Session, body: S['Signature']): Promise<Answer<Receipt>> {
  return ask('POST', '/api/v1/tablet/signatures', { ...own(session), body })
}

export function postReopening(session: Session, signature: string, reason: string): Promise<Answer<Receipt>> {
  const path = `/api/v1/tablet/signatures/${encodeURIComponent(signature)}/reopening`
  return ask('POST', path, { ...own(session), body: { reason } })
}
