import * as m from '@/paraglide/messages'

// What happens at a contestant's place, in the same words on the tablet and at the desk.

/** 状态: where a session stands. */
export type FloorState = 'waiting' | 'running' | 'paused' | 'handed_in' | 'no_work' | 'absent'

const states: Record<FloorState, () => string> = {
  waiting: m.floor_state_waiting,
  running: m.floor_state_running,
  paused: m.floor_state_paused,
  handed_in: m.floor_state_handed_in,
  no_work: m.floor_state_no_work,
  absent: m.floor_state_absent,
}
const whys: Record<string, () => string> = {
  equipment: m.floor_why_equipment,
  material: m.floor_why_material,
  injury: m.floor_why_injury,
  rule: m.floor_why_rule,
  other: m.floor_why_other,
}
const records: Record<string, () => string> = {
  start: m.floor_start,
  resume: m.floor_resume,
  hand_in: m.floor_hand_in,
  no_work: m.floor_no_work,
  absent: m.floor_absent,
  violation: m.floor_violation,
  signed: m.floor_signed,
  refused: m.floor_refuse,
  undo: m.floor_undo,
}

export const stateWords = (state: FloorState): string => states[state]()

/** Why a clock stands still; "" where nobody said. */
export const whyWords = (why: string): string => whys[why]?.() ?? why

/** One record of a session, as one says it. */
export function recordWords({ word, argument }: { word: string; argument: string }): string {
  if (word === 'pause') return m.floor_event_pause({ why: whyWords(argument) })
  if (word === 'add') {
    const n = Number(argument)
    return n % 60 === 0 ? m.floor_event_add({ n: n / 60 }) : m.floor_event_add_s({ n })
  }
  return records[word]?.() ?? word
}
