import * as m from '@/paraglide/messages'
import type { FileKind, FilingActKind, FilingState } from './wire'

// The words of closed sets of this room.
const states: Record<FilingState, () => string> = {
  planned: m.plan_state_planned,
  applied: m.plan_state_applied,
  returned: m.plan_state_returned,
  filed: m.plan_state_filed,
  reported: m.plan_state_reported,
  sent_back: m.plan_state_sent_back,
  accepted: m.plan_state_accepted,
  cancelled: m.plan_state_cancelled,
}
const classes: Record<string, () => string> = {
  '': m.plan_class_open,
  none: m.plan_class_none,
  national: m.plan_class_national,
  'industry-1': m.plan_class_industry_1,
  'industry-2': m.plan_class_industry_2,
  'city-1': m.plan_class_city_1,
  'city-2': m.plan_class_city_2,
  craftsman: m.plan_class_craftsman,
}
const depths: Record<string, () => string> = {
  tablet: m.plan_depth_tablet,
  paper: m.plan_depth_paper,
  results: m.plan_depth_results,
}
const kinds: Record<FileKind, () => string> = {
  programme: m.plan_kind_programme,
  technical: m.plan_kind_technical,
  scheme: m.plan_kind_scheme,
  judges: m.plan_kind_judges,
  result_list: m.plan_kind_result_list,
  other: m.plan_kind_other,
}
const acts: Record<FilingActKind, () => string> = {
  apply: m.plan_act_apply,
  withdraw: m.plan_act_withdraw,
  file: m.plan_act_file,
  return: m.plan_act_return,
  report: m.plan_act_report,
  accept: m.plan_act_accept,
  send_back: m.plan_act_send_back,
  cancel: m.plan_act_cancel,
  resume: m.plan_act_resume,
}
const reaches: Record<FilingActKind, () => string> = {
  apply: m.plan_reach_apply,
  withdraw: m.plan_reach_withdraw,
  file: m.plan_reach_file,
  return: m.plan_reach_return,
  report: m.plan_reach_report,
  accept: m.plan_reach_accept,
  send_back: m.plan_reach_send_back,
  cancel: m.plan_reach_cancel,
  resume: m.plan_reach_resume,
}

export const stateWord = (s: FilingState) => states[s]?.() ?? s
/** A class of the honour rules; rules of one's own have no words here and stand as they are. */
export const classWord = (c: string) => classes[c]?.() ?? c
export const depthWord = (d: string) => depths[d]?.() ?? d
export const kindWord = (k: FileKind) => kinds[k]?.() ?? k
export const actWord = (a: string) => acts[a as FilingActKind]?.() ?? m.plan_act_change()
export const reachOf = (a: FilingActKind) => reaches[a]()
export const allStates = Object.keys(states) as FilingState[]
export const allKinds = Object.keys(kinds) as FileKind[]

/** The tone of a state's tag: what waits for somebody, what is wrong, what is done. */
export const toneOf: Record<FilingState, string> = {
  planned: '',
  applied: 'wait',
  returned: 'red',
  filed: 'info',
  reported: 'wait',
  sent_back: 'red',
  accepted: 'ok',
  cancelled: 'ink',
}

/** An amount in yuan with its thousands apart. */
export const yuan = (n: number) => n.toLocaleString('en-US')
