import * as m from '@/paraglide/messages'
import { timeOfDay } from '@/shared/clock'
import * as icons from '@/shared/icons'
import type { SyncFacts, SyncWord } from './outbox/state'

export interface SyncWords {
  tone: 'ok' | 'busy' | 'wait' | 'bad'
  icon: string
  text: string
  detail: string
}

/** The state of the link in words; the number of what waits and of what came back is never left out. */
export function syncWords(word: SyncWord, f: SyncFacts): SyncWords {
  const kept = f.waiting > 0 ? m.tablet_sync_kept({ n: f.waiting }) : ''
  const back = f.returned > 0 ? m.tablet_sync_returned({ n: f.returned }) : ''
  const time = f.lastGood === null ? '' : timeOfDay(f.lastGood)
  const words = { ...plain(word, f, kept, time) }
  if (!back) return words
  return { ...words, tone: 'bad', icon: icons.warning, text: back, detail: words.text }
}

function plain(word: SyncWord, f: SyncFacts, kept: string, time: string): SyncWords {
  switch (word) {
    case 'broken':
      return { tone: 'bad', icon: icons.warning, text: m.tablet_sync_broken(), detail: kept }
    case 'replaced':
      return replaced(f, kept)
    case 'readonly':
      return { tone: 'wait', icon: icons.lock, text: m.tablet_sync_readonly(), detail: '' }
    case 'sign_in':
      return { tone: 'bad', icon: icons.lock, text: join(m.tablet_sync_sign_in(), kept), detail: '' }
    case 'full':
      return {
        tone: 'wait',
        icon: icons.warning,
        text: join(m.tablet_sync_full(), kept),
        detail: m.tablet_sync_retry(),
      }
    case 'busy':
      return { tone: 'wait', icon: icons.upload, text: join(m.tablet_sync_busy(), kept), detail: m.tablet_sync_retry() }
    case 'offline':
      return {
        tone: 'wait',
        icon: icons.offline,
        text: join(m.tablet_sync_offline(), kept || (time && m.tablet_sync_synced({ time }))),
        detail: kept ? m.tablet_sync_retry() : '',
      }
    case 'sending':
      return {
        tone: 'busy',
        icon: icons.upload,
        text: m.tablet_sync_sending({ n: Math.max(f.sending, f.waiting) }),
        detail: '',
      }
    case 'opening':
      return { tone: 'busy', icon: icons.upload, text: m.tablet_sync_opening(), detail: '' }
    case 'synced':
      return { tone: 'ok', icon: icons.cloud, text: m.tablet_sync_synced({ time }), detail: '' }
  }
}

function replaced(f: SyncFacts, kept: string): SyncWords {
  const words = { tone: 'wait' as const, icon: icons.lock, text: m.tablet_sync_replaced(), detail: '' }
  if (f.waiting > 0) {
    const detail = f.link === 'sign_in' ? m.tablet_sync_hand_file() : m.tablet_sync_handing()
    return { ...words, tone: 'bad', text: join(words.text, kept), detail }
  }
  return f.handed > 0 ? { ...words, text: join(words.text, m.tablet_sync_handed({ n: f.handed })) } : words
}

function join(a: string, b: string): string {
  return b ? `${a} · ${b}` : a
}
