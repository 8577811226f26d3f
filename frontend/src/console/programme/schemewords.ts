import * as m from '@/paraglide/messages'
import type { Teams } from './outline'

const kinds: Record<string, () => string> = {
  yes_no: m.console_kind_yes_no,
  tolerance: m.console_kind_tolerance,
  limits: m.console_kind_limits,
  graded: m.console_kind_graded,
  excess: m.console_kind_excess,
  table: m.console_kind_table,
  counted: m.console_kind_counted,
  points: m.console_kind_points,
  judgement: m.console_kind_judgement,
  panel: m.console_kind_panel,
  deductions: m.console_kind_deductions,
  grades: m.console_kind_grades,
  gate: m.console_kind_gate,
  time: m.console_kind_time,
  penalty: m.console_kind_penalty,
  external: m.console_kind_external,
  relative: m.console_kind_relative,
}
const policies: Record<string, () => string> = {
  mean: m.console_panel_mean,
  median: m.console_panel_median,
  sum: m.console_panel_sum,
  trimmed: m.console_panel_trimmed,
  middle: m.console_panel_middle,
  chief: m.console_panel_chief,
}

/** 评分方式: the kind of an aspect. */
export const aspectWord = (kind: string) => kinds[kind]?.() ?? kind
/** How a panel's marks become one. */
export const panelPolicyWord = (policy: string) => policies[policy]?.() ?? policy
/** What judges know a work by. */
export const identityWord = (identity: string) =>
  identity === 'coded' ? m.console_identity_coded() : identity === 'seat' ? m.console_identity_seat() : identity

const groupings: Record<string, () => string> = {
  group: m.console_group_group,
  county: m.console_group_county,
  unit: m.console_group_unit,
}
/** What a ranking beside the whole one is by. */
export const groupingWord = (by: string) => groupings[by]?.() ?? by
/** Where an external score comes from. */
export const carriedWord = (id: string) =>
  id === 'total' ? m.console_outline_carried_total() : m.console_outline_carried({ id })
/** How the members of a team make its total, word by word. */
export function teamsWords(t: Teams): string[] {
  const take = t.take === 'sum' ? m.console_outline_take_sum() : m.console_outline_take_mean()
  return [
    t.take === 'best' ? m.console_outline_take_best({ n: t.best }) : take,
    t.size && m.console_outline_size({ n: t.size }),
    t.least && m.console_outline_least({ n: t.least }),
  ].filter(Boolean)
}
