import type { components } from '@/shared/api'
import * as m from '@/paraglide/messages'
import { act } from './desk'

/** 回避: an event's ties as the server says them now. */
export type Ties = components['schemas']['Recusals']
export type Tie = components['schemas']['Tie']
export type Outcome = components['schemas']['RecusalOutcome']
export type TiedJudge = Ties['judges'][number]
export type TieKind = Tie['kind']

/** One act on ties; the answer is the ties as they then are. */
export const tieAct = (event: string, path: string, body: unknown) => act<Ties>(event, path, body)

export const kinds: readonly TieKind[] = ['unit', 'former_unit', 'relative', 'mentor', 'other']
export const isOfUnit = (k: TieKind) => k === 'unit' || k === 'former_unit'

export const kindWord = (k: TieKind) =>
  ({
    unit: m.blind_tie_kind_unit,
    former_unit: m.blind_tie_kind_former_unit,
    relative: m.blind_tie_kind_relative,
    mentor: m.blind_tie_kind_mentor,
    other: m.blind_tie_kind_other,
  })[k]()

export const sourceWord = (s: Tie['source']) =>
  ({ judge: m.blind_tie_source_judge, office: m.blind_tie_source_office, proposed: m.blind_tie_source_proposed })[s]()

export const wayWord = (w: Tie['way']) => (w === 'replace' ? m.blind_tie_way_replace() : m.blind_tie_way_unsealing())

export const choiceWord = (c: 'replace' | 'stand') =>
  c === 'replace' ? m.blind_outcome_choice_replace() : m.blind_outcome_choice_stand()

export const stateWord = (s: Outcome['state']) =>
  ({
    applied: m.blind_outcome_applied,
    waiting: m.blind_outcome_waiting,
    undecided: m.blind_outcome_undecided,
    remarking: m.blind_outcome_remarking,
    remarked: m.blind_outcome_remarked,
    stands: m.blind_outcome_stands,
  })[s]()

/** Whether nothing is left to do about it. */
export const isSettled = (o: Outcome) => o.state === 'applied' || o.state === 'remarked' || o.state === 'stands'

/** Whether two persons may decide of it now. */
export const isForTwo = (o: Outcome) => o.state === 'undecided' || o.state === 'remarking'

/** The judges, each once, by the first of their chairs: a tie is of the person. */
export function peopleOf(judges: readonly TiedJudge[]): TiedJudge[] {
  const seen = new Set<string>()
  return judges.filter((j) => j.judge !== '' && !seen.has(j.judge) && !!seen.add(j.judge))
}
