import * as m from '@/paraglide/messages'
import type { Progress } from '../wire'
import type { EventAct, Why } from './acts'
import type { Lack } from './stages'

/** What an act reaches, with this event's own numbers. */
export function reachOf(act: EventAct, p: Progress): string {
  const sheets = p.entries.length * p.chairs.length
  switch (act) {
    case 'open':
      return m.console_reach_open()
    case 'freeze':
      return m.console_reach_freeze()
    case 'unfreeze':
      return m.console_reach_unfreeze()
    case 'lock':
      return p.done < p.need
        ? m.console_reach_lock_early({ sheets, left: p.need - p.done })
        : m.console_reach_lock({ sheets })
    case 'unseal':
      return m.console_reach_unseal({ n: p.entries.length })
    case 'publish':
      return m.console_reach_publish({ n: p.entries.length })
    case 'policy':
      return m.console_reach_policy()
    case 'reopen':
      return p.phase === 'official' ? m.console_reach_reopen_official({ sheets }) : m.console_reach_reopen({ sheets })
  }
}

const lackWords: Record<Lack, () => string> = {
  scheme: m.console_lack_scheme,
  chairs: m.console_lack_chairs,
  entries: m.console_lack_entries,
}

/** Why an act is not to be had, in words. */
export function whyWords(why: Why, lacks: readonly Lack[]): string {
  switch (why) {
    case 'role':
      return m.console_why_role()
    case 'lacks':
      return m.console_why_lacks({ what: lacks.map((l) => lackWords[l]()).join(m.console_comma()) })
    case 'not_open':
      return m.console_why_not_open()
    case 'already_open':
      return m.console_why_already_open()
    case 'already_frozen':
      return m.console_why_already_frozen()
    case 'not_frozen':
      return m.console_why_not_frozen()
    case 'locked':
      return m.console_why_locked()
    case 'not_locked':
      return m.console_why_not_locked()
    case 'published':
      return m.console_why_published()
    case 'sealed':
      return m.console_why_sealed()
    case 'not_sealed':
      return m.console_why_not_sealed()
  }
}
