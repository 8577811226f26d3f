import * as m from '@/paraglide/messages'
import { locale } from '@/shared/locale'
import type { ActKind, Kind, Phase, Role, Status } from './wire'

// The words of closed sets. Each is named plainly, so that a page carries only what it can say.
const phases: Record<Phase, () => string> = {
  waiting: m.console_phase_waiting,
  running: m.console_phase_running,
  provisional: m.console_phase_provisional,
  official: m.console_phase_official,
}
const kinds: Record<Kind, () => string> = {
  real: m.console_kind_real,
  rehearsal: m.console_kind_rehearsal,
  demo: m.console_kind_demo,
}
const roles: Record<Role, () => string> = {
  administrator: m.console_role_administrator,
  organiser: m.console_role_organiser,
  host: m.console_role_host,
  chief_judge: m.console_role_chief_judge,
  supervisor: m.console_role_supervisor,
  clerk: m.console_role_clerk,
  coding_judge: m.console_role_coding_judge,
  spectator: m.console_role_spectator,
  union_office: m.console_role_union_office,
  unit_union: m.console_role_unit_union,
  county_union: m.console_role_county_union,
  committee: m.console_role_committee,
}
const statuses: Record<Status, () => string> = {
  competing: m.console_status_competing,
  dns: m.console_status_dns,
  dnf: m.console_status_dnf,
  dsq: m.console_status_dsq,
  withdrawn: m.console_status_withdrawn,
  out: m.console_status_out,
}
const acts: Record<ActKind, () => string> = {
  open: m.console_act_open,
  freeze: m.console_act_freeze,
  unfreeze: m.console_act_unfreeze,
  lock: m.console_act_lock,
  reopen: m.console_act_reopen,
  unseal: m.console_act_unseal,
  publish: m.console_act_publish,
  status: m.console_act_status,
  policy: m.console_act_policy,
  count: m.console_act_count,
  absent: m.console_act_absent,
  decide: m.console_act_decide,
  replace: m.console_act_replace,
}
const stages: Record<string, () => string> = {
  preliminary: m.console_stage_preliminary,
  selection: m.console_stage_selection,
  final: m.console_stage_final,
}

const recordKinds: Record<string, () => string> = {
  ...acts,
  mark: m.console_record_mark,
  not_performed: m.console_record_not_performed,
  withdraw: m.console_record_withdraw,
  finish: m.console_record_finish,
  late: m.console_record_late,
  adopt: m.console_record_adopt,
  seat: m.console_record_seat,
  admit: m.console_record_admit,
  belong: m.console_record_belong,
  recuse: m.console_record_recuse,
  clock: m.console_record_clock,
  sit: m.console_record_sit,
}

/** The kind of a ledger's record. */
export const recordWord = (kind: string) => recordKinds[kind]?.() ?? kind
export const phaseWord = (p: Phase) => phases[p]?.() ?? p
export const kindWord = (k: string) => kinds[k as Kind]?.() ?? k
export const roleWord = (r: Role) => roles[r]?.() ?? r
export const statusWord = (s: string) => statuses[s as Status]?.() ?? s
export const actWord = (a: ActKind) => acts[a]?.() ?? a
export const stageWord = (s: string) => stages[s]?.() ?? s

export const allRoles = Object.keys(roles) as Role[]
export const allStatuses = Object.keys(statuses) as Status[]
export const allKinds = Object.keys(kinds) as Kind[]

/** live, ranks, top:10, progress or none as people say it. */
export function policyWord(policy: string): string {
  const [kind, n] = policy.split(':')
  switch (kind) {
    case 'live':
      return m.console_policy_live()
    case 'ranks':
      return m.console_policy_ranks()
    case 'top':
      return m.console_policy_top({ n: n ?? '' })
    case 'progress':
      return m.console_policy_progress()
    case 'none':
      return m.console_policy_none()
  }
  return policy || m.console_policy_default()
}

/** A moment in the reader's zone: the time of day, with the date unless it is today. */
export function when(at: string | undefined, now = Date.now()): string {
  if (!at) return ''
  const d = new Date(at)
  const time = d.toLocaleTimeString(locale.value, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  })
  if (new Date(now).toDateString() === d.toDateString()) return time
  return `${d.toLocaleDateString(locale.value, { year: 'numeric', month: '2-digit', day: '2-digit' })} ${time}`
}

/** How long ago, in one unit. */
export function ago(at: string | undefined, now = Date.now()): string {
  if (!at) return ''
  const s = Math.max(0, Math.round((now - Date.parse(at)) / 1000))
  const say = new Intl.RelativeTimeFormat(locale.value, { numeric: s ? 'always' : 'auto', style: 'short' })
  if (s < 60) return say.format(-s, 'second')
  if (s < 3600) return say.format(-Math.floor(s / 60), 'minute')
  return s < 86_400 ? say.format(-Math.floor(s / 3600), 'hour') : say.format(-Math.floor(s / 86_400), 'day')
}
