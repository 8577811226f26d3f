/** What a chair gets to mark (the server's tablet bundle). No contestant's name, unit or number is in it. */
export interface Bundle {
  event: EventInfo
  chair: ChairInfo
  sheets: Sheet[]
  works: Work[]
  marks: OwnMark[]
  finished: { work: string; criterion: string }[]
  /** What the server knows of this device's counting. */
  device?: { highest: number; holes: number[] }
  /** 计时: the clock of each work in each criterion that this chair may see. */
  sessions?: ClockSession[]
  /** When the server made this. */
  head?: { server_time: string }
}

/**
 * 场次: how the clock of one work stands in one criterion, as of its newest record. Times are milliseconds since 1970
 * by the clock of the device that gave them; net and added are seconds.
 */
export interface ClockSession {
  work: string
  criterion: string
  state: 'waiting' | 'running' | 'paused' | 'handed_in' | 'no_work' | 'absent'
  started_at?: number | null
  paused_at?: number | null
  added: number
  net: number
  /** The same in milliseconds. */
  net_ms?: number
  violations: number
  signed: '' | 'signed' | 'refused'
  /** The record that an undo takes back. */
  newest: string
  /** The chair that gave the newest record. */
  by: number
  /** The records that stand, oldest first. */
  events?: ClockEvent[]
}

/** One record of a session: at is the server's clock, client_at that of the device which gave it (0: it told none). */
export interface ClockEvent {
  mark_id: string
  value: string
  at: number
  client_at: number
  chair: number
  /** It is of this device: its client_at compares with this tablet's clock. */
  own: boolean
}

export interface EventInfo {
  id: string
  trade: string
  trade_en?: string
  title?: string
  stage?: string
  group?: string
  hall?: string
  version: number
  /** After the lock marks are kept, but do not count by themselves. */
  locked?: boolean
  phase: 'waiting' | 'running' | 'provisional' | 'official'
  kind: 'real' | 'rehearsal' | 'demo'
}

export interface ChairInfo {
  number: number
  panel: string
  panel_name?: string
  seat: number
  judge: string
  chief: boolean
}

export type Identity = 'open' | 'seat' | 'coded'

/** 模块: one criterion with what this chair marks of it. */
export interface Sheet {
  criterion: { id: string; name: string; name_en?: string; code: string; max?: string; identity: Identity }
  subs: Sub[]
}

export interface Sub {
  id: string
  name: string
  name_en?: string
  code: string
  aspects: Pad[]
}

/** 评分点: an aspect and the table of its marks. Numbers are exact text: a decimal, or a fraction such as "2/3". */
export interface Pad {
  id: string
  code: string
  name: string
  name_en?: string
  text?: string
  text_en?: string
  kind: string
  max?: string
  /** Every chair of the panel marks; otherwise one mark stands for all. */
  each?: boolean
  required: boolean
  attempts?: number
  unit?: string
  min?: string
  high?: string
  step?: string
  places?: number
  inputs?: Input[]
  readings?: { count: number; take: string }
  options?: Option[]
  items?: Listed[]
  /** The mark is the number itself. */
  free?: boolean
  ranges?: Range[]
  per?: string
  linear?: { limit: string; best: string }
  bands?: Band[]
  rows?: { when: Band[]; mark: string }[]
  else?: string
  cap?: string
}

export interface Option {
  value: string
  label: string
  text?: string
  text_en?: string
  mark: string
}

/** Numbers between lo and hi; an end left out is open-ended. The first band that holds wins. */
export interface Band {
  lo?: string
  lo_open?: boolean
  hi?: string
  hi_open?: boolean
  mark?: string
}

export interface Input {
  id: string
  name: string
  name_en?: string
  unit?: string
}

/** A grade (优 9–10) with its marks. */
export interface Range {
  value: string
  label: string
  text_en?: string
  from: string
  to: string
}

/** A listed deduction or violation: counted ones say how often, the others how much. */
export interface Listed {
  id: string
  name: string
  name_en?: string
  counted?: boolean
  amount?: string
  from?: string
  to?: string
  step?: string
  cap?: string
  voids?: string
}

/** A work to mark under the one label that this chair may know it by. */
export interface Work {
  work: string
  identity: Identity
  criteria: string[]
  status: string
}

/** "clock" is a word about the session (start, pause, hand_in …): its aspect is a criterion, not an aspect. */
export type MarkKind = 'mark' | 'not_performed' | 'withdraw' | 'finish' | 'clock'

export interface OwnMark {
  work: string
  aspect: string
  attempt: number
  round: number
  value: string
  kind: MarkKind
  mark_id: string
  seq: number
}

/** Which mark is meant: one cell holds one current mark of this chair. */
export interface Place {
  work: string
  aspect: string
  attempt: number
  round: number
}

/** One label may stand for different works in modules of different identity. */
export function workKey(w: Pick<Work, 'work' | 'identity'>): string {
  return `${w.identity}/${w.work}`
}

export function cellKey(p: Place): string {
  return `${p.work}\n${p.aspect}\n${p.attempt}\n${p.round}`
}

/** What a chair learns of its panel for one aspect: who is in; values only when all are. */
export interface PanelState {
  round: number
  complete: boolean
  /** An earlier round lay too far apart: the panel talks, then marks this round. */
  repeated?: boolean
  chairs: { chair: number; judge: string; in: boolean; value?: string }[]
}
