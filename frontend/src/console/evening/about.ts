import * as m from '@/paraglide/messages'
import type { Call } from './wire'

const words: Record<Call['about'], () => string> = {
  help: m.calls_about_help,
  device: m.calls_about_device,
  dispute: m.calls_about_dispute,
  label: m.calls_about_label,
}

/** What a call is about, in words. */
export const aboutWord = (a: Call['about']) => words[a]?.() ?? a
