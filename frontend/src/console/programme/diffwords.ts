import * as m from '@/paraglide/messages'
import { aspectWord, carriedWord, groupingWord, identityWord, panelPolicyWord } from './schemewords'

const fields: Record<string, () => string> = {
  name: m.console_diff_f_name,
  help: m.console_diff_f_help,
  kind: m.console_diff_f_kind,
  panel: m.console_diff_f_panel,
  by: m.console_diff_f_by,
  required: m.console_diff_f_required,
  factor: m.console_diff_f_factor,
  unit: m.console_diff_f_unit,
  section: m.console_diff_f_section,
  max: m.console_diff_f_max,
  min: m.console_diff_f_min,
  step: m.console_diff_f_step,
  accepts: m.console_diff_f_accepts,
  nominal: m.console_diff_f_nominal,
  tol: m.console_diff_f_tol,
  low: m.console_diff_f_low,
  high: m.console_diff_f_high,
  per: m.console_diff_f_per,
  whole: m.console_diff_f_whole,
  bands: m.console_diff_f_bands,
  rows: m.console_diff_f_rows,
  else: m.console_diff_f_else,
  readings: m.console_diff_f_readings,
  attempts: m.console_diff_f_attempts,
  count: m.console_diff_f_count,
  take: m.console_diff_f_take,
  levels: m.console_diff_f_levels,
  spread: m.console_diff_f_spread,
  policy: m.console_diff_f_policy,
  least: m.console_diff_f_least,
  cap: m.console_diff_f_cap,
  level: m.console_diff_f_level,
  voids: m.console_diff_f_voids,
  target: m.console_diff_f_target,
  mode: m.console_diff_f_mode,
  limit: m.console_diff_f_limit,
  best: m.console_diff_f_best,
  better: m.console_diff_f_better,
  amount: m.console_diff_f_amount,
  from: m.console_diff_f_from,
  to: m.console_diff_f_to,
  share: m.console_diff_f_share,
  number: m.console_diff_f_number,
  weight: m.console_diff_f_weight,
  pass: m.console_diff_f_pass,
  identity: m.console_diff_f_identity,
  composition: m.console_diff_f_composition,
  total: m.console_diff_f_total,
  rounding: m.console_diff_f_rounding,
  aspect: m.console_diff_f_aspect,
  criterion: m.console_diff_f_criterion,
  component: m.console_diff_f_component,
  weighted: m.console_diff_f_weighted,
  places: m.console_diff_f_places,
  ranking: m.console_diff_f_ranking,
  order: m.console_diff_f_order,
  ties: m.console_diff_f_ties,
  provisional: m.console_diff_f_provisional,
  standards: m.console_diff_f_standards,
  tolerance: m.console_diff_f_tolerance,
  prizes: m.console_diff_f_prizes,
  running: m.console_diff_f_running,
  of: m.console_diff_f_of,
  below_pass: m.console_diff_f_below_pass,
  advance: m.console_diff_f_advance,
  first: m.console_diff_f_first,
  line: m.console_diff_f_line,
  chairs: m.console_diff_f_chairs,
  form: m.console_diff_f_form,
  rankings: m.console_diff_f_rankings,
  teams: m.console_diff_f_teams,
  team_prizes: m.console_diff_f_team_prizes,
  carried: m.console_diff_f_carried,
  size: m.console_diff_f_size,
}
// What these are inside a policy.
const ofPolicy: Record<string, () => string> = {
  high: m.console_diff_p_high,
  low: m.console_diff_p_low,
  kind: m.console_diff_p_kind,
  least: m.console_diff_p_least,
}
// What these are inside teams, prizes and advancing.
const ofTeams: Record<string, () => string> = { best: m.console_diff_f_best_members, round: m.console_diff_f_round }
const ofGroups: Record<string, () => string> = { by: m.console_diff_f_apart }
const inside: Record<string, Record<string, () => string>> = {
  policy: ofPolicy,
  teams: ofTeams,
  prizes: ofGroups,
  team_prizes: ofGroups,
  advance: ofGroups,
}
const values: Record<string, () => string> = {
  each: m.console_diff_v_each,
  one: m.console_diff_v_one,
  open: m.console_diff_v_open,
  weighted: m.console_diff_v_weighted,
  sum: m.console_diff_v_sum,
  half_up: m.console_diff_v_half_up,
  half_even: m.console_diff_v_half_even,
  floor: m.console_diff_v_floor,
  ceiling: m.console_diff_v_ceiling,
  bands: m.console_diff_v_bands,
  linear: m.console_diff_v_linear,
  tiebreak: m.console_diff_v_tiebreak,
  seconds: m.console_diff_v_seconds,
  descending: m.console_diff_v_descending,
  ascending: m.console_diff_v_ascending,
  shared: m.console_diff_v_shared,
  decision: m.console_diff_v_decision,
  widen: m.console_diff_v_widen,
  narrow: m.console_diff_v_narrow,
  decide: m.console_diff_v_decide,
  complete: m.console_diff_v_complete,
  points: m.console_diff_v_points,
  ranked: m.console_diff_v_ranked,
  started: m.console_diff_v_started,
  aspect: m.console_diff_v_aspect,
  criterion: m.console_diff_v_criterion,
  component: m.console_diff_v_component,
  entry: m.console_diff_v_entry,
  total: m.console_diff_v_total,
  max: m.console_diff_v_max,
  min: m.console_diff_v_min,
  mean: m.console_diff_v_mean,
  range: m.console_diff_v_range,
  best: m.console_diff_v_best,
  middle: m.console_diff_v_middle,
  higher: m.console_diff_v_higher,
  lower: m.console_diff_v_lower,
  true: m.console_diff_v_true,
  false: m.console_diff_v_false,
  time: m.console_diff_v_time,
  firsts: m.console_diff_v_firsts,
  team: m.console_diff_v_team,
}
const sorts: Record<string, () => string> = {
  scheme: m.console_diff_s_scheme,
  item: m.console_diff_s_item,
  grade: m.console_diff_s_grade,
  input: m.console_diff_s_input,
  section: m.console_diff_s_section,
  prize: m.console_diff_s_prize,
  key: m.console_diff_s_key,
  team_prize: m.console_diff_s_team_prize,
  team_key: m.console_diff_s_team_key,
  panel: m.console_diff_s_panel,
  component: m.console_diff_s_component,
  criterion: m.console_diff_s_criterion,
  sub: m.console_diff_s_sub,
  aspect: m.console_diff_s_aspect,
}
const kinds: Record<string, () => string> = {
  added: m.console_diff_k_added,
  removed: m.console_diff_k_removed,
  moved: m.console_diff_k_moved,
  changed: m.console_diff_k_changed,
}
const concerns: Record<string, () => string> = {
  total: m.console_diff_c_total,
  pass: m.console_diff_c_pass,
  ranking: m.console_diff_c_ranking,
  prizes: m.console_diff_c_prizes,
  advance: m.console_diff_c_advance,
  rounding: m.console_diff_c_rounding,
  identity: m.console_diff_c_identity,
}

/** What a field is called: "取舍 · 部分 · 小数位" for rounding.component.places. */
export function fieldWord(field: string): string {
  const parts = field.split('.')
  const own = parts.length > 1 ? inside[parts[0] ?? ''] : undefined
  if (field === 'of') return m.console_diff_f_whose() // of a part
  return parts.map((p) => (own?.[p] ?? fields[p])?.() ?? p).join(' · ')
}

/** A value as people say it; what the author named or counted stays as it is. */
export function valueWord(field: string, sort: string, value: string): string {
  if (field === 'kind' && sort === 'aspect') return aspectWord(value)
  if (field === 'policy.kind') return panelPolicyWord(value)
  if (field === 'carried') return carriedWord(value)
  if (field === 'rankings' || /^(prizes|team_prizes|advance)\.by$/.test(field)) return groupingWord(value)
  if (field === 'identity' && value !== 'open') return identityWord(value)
  return said.has(field.slice(field.lastIndexOf('.') + 1)) ? (values[value]?.() ?? value) : value
}

// The fields whose values are words of the format and no names.
const said = new Set(
  'by identity composition mode order ties provisional of voids level take better required whole running below_pass'.split(
    ' ',
  ),
)

/** What sort of thing it is. */
export const sortWord = (sort: string) => sorts[sort]?.() ?? sort
/** What happened to it. */
export const changeWord = (kind: string) => kinds[kind]?.() ?? kind
/** What it bears on. */
export const concernWord = (concern: string) => concerns[concern]?.() ?? concern
/** What a tie-break key looks at, from its id "criterion:work". */
export const keyWord = (id: string) => values[id.split(':')[0] ?? '']?.() ?? id
