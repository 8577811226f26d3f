import * as m from '@/paraglide/messages'
import type { RecheckWork } from './wire'

/** Why a sheet is to be checked, in words. */
export const why: Record<RecheckWork['why'], () => string> = {
  top: m.results_why_top,
  drawn: m.results_why_drawn,
  risen: m.results_why_risen,
  recusal: m.results_why_recusal,
  changed: m.results_why_changed,
  all: m.results_why_all,
}
