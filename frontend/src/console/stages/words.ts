import * as m from '@/paraglide/messages'
import { said } from '@/shared/said'
import { stageWord } from '../words'
import type { Advance, CarriedCell, Ref, WayAct, Why } from './wire'

const whys: Record<Why, () => string> = {
  first: m.stages_why_first,
  tie: m.stages_why_tie,
  decided: m.stages_why_decided,
  line: m.stages_why_line,
  substitute: m.stages_why_substitute,
  waits: m.stages_why_waits,
  declined: m.stages_why_declined,
  tie_out: m.stages_why_tie_out,
  behind: m.stages_why_behind,
  below: m.stages_why_below,
  no_right: m.stages_why_no_right,
  no_rank: m.stages_why_no_rank,
  team: m.stages_why_team,
  no_group: m.stages_why_no_group,
}
/** Why somebody goes on or does not. */
export const whyWord = (w: Why) => whys[w]?.() ?? w

const cells: Record<CarriedCell['state'], () => string> = {
  same: m.stages_cell_same,
  new: m.stages_cell_new,
  differs: m.stages_cell_differs,
  no_value: m.stages_cell_no_value,
  nobody: m.stages_cell_nobody,
  twin: m.stages_cell_twin,
  faulty: m.stages_cell_faulty,
}
/** How a carried number stands. */
export const cellWord = (s: CarriedCell['state']) => cells[s]?.() ?? s

const acts: Record<WayAct['kind'], () => string> = {
  follow: m.stages_act_follow,
  take: m.stages_act_take,
  decline: m.stages_act_decline,
  return: m.stages_act_return,
}
export const wayActWord = (k: WayAct['kind']) => acts[k]?.() ?? k

/** An event on the way: its trade with what tells it from its neighbours. */
export function refWords(r: Ref): string {
  const more = [r.title ? said(r.title, r.title_en) : '', stageWord(r.stage), r.group ?? ''].filter(Boolean)
  return `${said(r.trade, r.trade_en)} · ${more.join(' · ')}`
}

const ties = { widen: m.stages_ties_widen, narrow: m.stages_ties_narrow, decide: m.stages_ties_decide }
const groups = { group: m.stages_by_group, county: m.stages_by_county, unit: m.stages_by_unit }

/** The rule of going on, in one line. */
export function ruleWords(rule: NonNullable<Advance['rule']>): string {
  const { first = 0, line = '' } = rule
  const many = first && line ? m.stages_rule_both({ n: first, line }) : ''
  const parts = [many || (first ? m.stages_rule_first({ n: first }) : m.stages_rule_line({ line }))]
  if (first) parts.push(ties[rule.ties]())
  if (rule.by) parts.push(groups[rule.by]())
  return parts.join(' · ')
}
