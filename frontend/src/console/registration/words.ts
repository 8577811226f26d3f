import * as m from '@/paraglide/messages'
import type { Status } from '@/shared/registration/words'
import type { Act } from './wire'

const statuses: Record<Status, () => string> = {
  submitted: m.registration_st_submitted,
  host_approved: m.registration_st_host_approved,
  returned: m.registration_st_returned,
  approved: m.registration_st_approved,
  refused: m.registration_st_refused,
  withdrawn: m.registration_st_withdrawn,
  draft: m.registration_st_draft,
}
const steps: Record<Status, () => string> = {
  draft: m.registration_step_draft,
  submitted: m.registration_step_submitted,
  host_approved: m.registration_step_host_approved,
  approved: m.registration_step_approved,
  returned: m.registration_step_returned,
  refused: m.registration_step_refused,
  withdrawn: m.registration_step_withdrawn,
}
const acts: Record<Act, () => string> = {
  submit: m.registration_act_submit,
  approve: m.registration_act_approve,
  return: m.registration_act_return,
  refuse: m.registration_act_refuse,
  withdraw: m.registration_act_withdraw,
}
const tones: Partial<Record<Status, string>> = {
  approved: 'ok',
  host_approved: 'info',
  returned: 'wait',
  refused: 'red',
}

/** In the order in which work comes. */
export const allStatuses = Object.keys(statuses) as Status[]
export const allActs = Object.keys(acts) as Act[]

export const statusWord = (s: Status) => statuses[s]()
export const statusTone = (s: Status) => tones[s] ?? ''
export const actWord = (a: Act) => acts[a]()

export function stepWord(step: { from: string; to: Status }): string {
  if (step.from === 'returned' && step.to === 'submitted') return m.registration_step_again()
  return steps[step.to]()
}

/** What can be done from a state. Whether it is one's own step is the server's to say. */
export function actsFrom(status: Status): Act[] {
  switch (status) {
    case 'draft':
      return ['submit', 'withdraw']
    case 'submitted':
    case 'host_approved':
      return ['approve', 'return', 'refuse', 'withdraw']
    case 'returned':
    case 'approved':
      return ['withdraw']
  }
  return []
}

/** What can be done with all of several at once. */
export function actsOf(list: readonly Status[]): Act[] {
  return allActs.filter((act) => list.length > 0 && list.every((s) => actsFrom(s).includes(act)))
}

export const needsReason = (act: Act) => act === 'return' || act === 'refuse' || act === 'withdraw'
