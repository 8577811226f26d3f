import * as m from '@/paraglide/messages'
import { timeOfDay } from '@/shared/clock'
import type { OwnStep } from './interface'
import type { SignState } from './signing'

/** How far a signature is, in a word. */
export function stateWords(state: SignState, step: OwnStep | undefined): string {
  switch (state) {
    case 'pending':
      return m.sign_state_pending()
    case 'returned':
      return m.sign_state_returned()
    case 'signed':
      return step?.state === 'signed' && step.at
        ? m.sign_state_signed_at({ time: timeOfDay(Date.parse(step.at)) })
        : m.sign_state_signed()
    case 'void':
      return m.sign_state_void()
    case 'open':
      return m.sign_state_open()
  }
}

/** Why a signature counts no more; '' for one that does. */
export function whyVoid(step: OwnStep | undefined): string {
  switch (step?.state === 'void' ? step.reason : undefined) {
    case 'content':
      return m.sign_void_content()
    case 'below':
      return m.sign_void_below()
    case 'person':
      return m.sign_void_person({ by: step?.void?.by ?? '', reason: step?.void?.reason ?? '' })
  }
  return ''
}

/** The beginning of a digest as people compare it: four groups of four. */
export function shortDigest(hex: string): string {
  return (hex.slice(0, 16).match(/.{4}/g) ?? []).join(' ')
}
