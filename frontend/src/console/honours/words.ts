import * as m from '@/paraglide/messages'
import { said } from '@/shared/said'
import type { Content, Entry, Notice, Objection, Proposal, Sequence, State, Step, Way } from './wire'

// The words of closed sets. Each is named plainly, so that a page carries only what it can say.
const states: Record<State, () => string> = {
  active: m.honours_state_active,
  returned: m.honours_state_returned,
  withdrawn: m.honours_state_withdrawn,
  rejected: m.honours_state_rejected,
  vetoed: m.honours_state_vetoed,
  conferred: m.honours_state_conferred,
  revoked: m.honours_state_revoked,
}
/** The colour of a state's tag. */
export const stateTone: Record<State, string> = {
  active: 'info',
  returned: 'wait',
  withdrawn: '',
  rejected: 'red',
  vetoed: 'red',
  conferred: 'ok',
  revoked: 'red',
}
export const stateWord = (s: State) => states[s]()

const ways: Record<Way['do'], () => string> = {
  submit: m.honours_do_submit,
  edit: m.honours_do_edit,
  pass: m.honours_do_pass,
  return: m.honours_do_return,
  reject: m.honours_do_reject,
  withdraw: m.honours_do_withdraw,
  opinion: m.honours_do_opinion,
  vote: m.honours_do_vote,
  notice: m.honours_do_notice,
  paper_notice: m.honours_do_paper_notice,
  object: m.honours_do_object,
}
const passes: Partial<Record<Step['kind'], () => string>> = {
  vote: m.honours_do_vote_step,
  congress: m.honours_do_congress,
  opinions: m.honours_do_opinions,
  ballot: m.honours_do_count,
  approval: m.honours_do_approve,
  conferring: m.honours_do_confer,
}
/** What a button says: passing is called by what it means at the step. */
export function wayWord(what: Way['do'], step?: Step | null): string {
  const own = what === 'pass' && step ? passes[step.kind] : undefined
  return (own ?? ways[what])()
}

const acts: Record<string, () => string> = {
  begin: m.honours_act_begin,
  amend: m.honours_act_amend,
  nominate: m.honours_act_nominate,
  edit: m.honours_act_edit,
  submit: m.honours_act_submit,
  pass: m.honours_act_pass,
  fail: m.honours_act_fail,
  return: m.honours_act_return,
  reject: m.honours_act_reject,
  veto: m.honours_act_veto,
  withdraw: m.honours_act_withdraw,
  opinion: m.honours_act_opinion,
  notice_opened: m.honours_act_notice_opened,
  notice_finished: m.honours_act_notice_finished,
  objection: m.honours_act_objection,
  objection_decided: m.honours_act_objection_decided,
  confer: m.honours_act_confer,
  revoke: m.honours_act_revoke,
}
export const actWord = (act: Entry['act']) => acts[act]?.() ?? act

const traits: Record<string, () => string> = {
  all: m.honours_trait_all,
  front_line: m.honours_trait_front_line,
  woman: m.honours_trait_woman,
  migrant_worker: m.honours_trait_migrant_worker,
  enterprise_head: m.honours_trait_enterprise_head,
  non_public: m.honours_trait_non_public,
  winner: m.honours_trait_winner,
}
export const traitWord = (t: string) => traits[t]?.() ?? t
/** The traits that a person says of a nominee; "winner" is the proposal's to say. */
export const chosenTraits = ['front_line', 'woman', 'migrant_worker', 'enterprise_head', 'non_public']

const departments: Record<string, () => string> = {
  personnel: m.honours_dep_personnel,
  health: m.honours_dep_health,
  public_security: m.honours_dep_public_security,
  tax: m.honours_dep_tax,
  ecology: m.honours_dep_ecology,
  market_regulation: m.honours_dep_market_regulation,
  audit: m.honours_dep_audit,
  discipline: m.honours_dep_discipline,
  human_resources: m.honours_dep_human_resources,
  emergency_management: m.honours_dep_emergency_management,
}
export const departmentWord = (d: string) => departments[d]?.() ?? d

const categories: Record<string, () => string> = {
  farmer: m.honours_cat_farmer,
  state_enterprise_head: m.honours_cat_state_enterprise_head,
  public_body: m.honours_cat_public_body,
  enterprise: m.honours_cat_enterprise,
  front_line: m.honours_cat_front_line,
  enterprise_head: m.honours_cat_enterprise_head,
}
export const categoryWord = (c: string) => categories[c]?.() ?? c

const incidents: Record<string, () => string> = {
  no_congress: m.honours_inc_no_congress,
  pollution: m.honours_inc_pollution,
  tax: m.honours_inc_tax,
  arrears: m.honours_inc_arrears,
  mass_incident: m.honours_inc_mass_incident,
  no_union: m.honours_inc_no_union,
  accident: m.honours_inc_accident,
  occupational_disease: m.honours_inc_occupational_disease,
  grave_accident: m.honours_inc_grave_accident,
  energy: m.honours_inc_energy,
}
export const incidentWord = (i: string) => incidents[i]?.() ?? i

const answers: Record<string, () => string> = {
  agree: m.honours_answer_agree,
  disagree: m.honours_answer_disagree,
  no_record: m.honours_answer_no_record,
}
export const answerWord = (a: string) => answers[a]?.() ?? a

const notices: Record<Notice['state'], () => string> = {
  open: m.honours_notice_running,
  finished: m.honours_notice_finished,
  restarted: m.honours_notice_restarted,
}
export const noticeWord = (s: Notice['state']) => notices[s]()

const objections: Record<Objection['state'], () => string> = {
  open: m.honours_objection_open,
  recorded: m.honours_objection_recorded,
  dismissed: m.honours_objection_dismissed,
  upheld: m.honours_objection_upheld,
}
export const objectionWord = (s: Objection['state']) => objections[s]()

const proposals: Record<Proposal['state'], () => string> = {
  proposed: m.honours_proposed,
  nominated: m.honours_proposal_nominated,
  dismissed: m.honours_proposal_dismissed,
  superseded: m.honours_proposal_superseded,
}
export const proposalWord = (s: Proposal['state']) => proposals[s]()
export const proposalStates = Object.keys(proposals) as Proposal['state'][]

const bodies = {
  grassroots: m.honours_body_grassroots,
  county: m.honours_body_county,
  industry: m.honours_body_industry,
}
export const bodyWord = (k: keyof typeof bodies) => bodies[k]()
export const bodyKinds = Object.keys(bodies) as (keyof typeof bodies)[]

/** A step by its name; the ends of the road have names too. */
export function stepWord(of: Sequence, id: string): string {
  if (id === 'draft') return m.honours_draft()
  if (id === 'done') return m.honours_done()
  const step = of.steps.find((s) => s.id === id)
  return step ? said(step.name, step.name_en) : id
}

/** An empty content, or a nomination's own. */
export function contentOf(c: Partial<Content> = {}): Content {
  return {
    person_key: '',
    unit_key: '',
    name: '',
    unit: '',
    category: '',
    traits: [],
    deeds: '',
    new_merit: '',
    files: [],
    ...c,
  }
}
