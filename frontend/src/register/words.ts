import * as m from '@/paraglide/messages'
import type { Status } from '@/shared/registration/words'

const statuses: Record<Status, () => string> = {
  draft: m.register_st_draft,
  submitted: m.register_st_submitted,
  host_approved: m.register_st_host_approved,
  approved: m.register_st_approved,
  returned: m.register_st_returned,
  refused: m.register_st_refused,
  withdrawn: m.register_st_withdrawn,
}
const steps: Record<Status, () => string> = {
  draft: m.register_step_draft,
  submitted: m.register_step_submitted,
  host_approved: m.register_step_host_approved,
  approved: m.register_step_approved,
  returned: m.register_step_returned,
  refused: m.register_step_refused,
  withdrawn: m.register_step_withdrawn,
}

/** How far an application is, said to the person. */
export const statusWord = (s: Status) => statuses[s]()

/** A step of its way; submitting after a return is said as what it is. */
export function stepWord(step: { from: string; to: Status }): string {
  if (step.from === 'returned' && step.to === 'submitted') return m.register_step_again()
  return steps[step.to]()
}
