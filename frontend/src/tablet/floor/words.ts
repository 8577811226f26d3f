import * as m from '@/paraglide/messages'
import { clockText, type ClockState, type Recorded } from './clock'

/** 状态: where a session stands, in a word. */
export function stateWords(state: ClockState): string {
  const words: Record<ClockState, () => string> = {
    waiting: m.floor_state_waiting,
    running: m.floor_state_running,
    paused: m.floor_state_paused,
    handed_in: m.floor_state_handed_in,
    no_work: m.floor_state_no_work,
    absent: m.floor_state_absent,
  }
  return words[state]()
}

/** Why a clock stands still; "" where nobody said. */
export function whyWords(why: string): string {
  const words: Record<string, () => string> = {
    equipment: m.floor_why_equipment,
    material: m.floor_why_material,
    injury: m.floor_why_injury,
    rule: m.floor_why_rule,
    other: m.floor_why_other,
  }
  return words[why]?.() ?? ''
}

/** One record of a session, as one says it. */
export function eventWords(e: Pick<Recorded, 'word' | 'argument'>): string {
  if (e.word === 'pause') return m.floor_event_pause({ why: whyWords(e.argument) })
  if (e.word === 'add') {
    const n = Number(e.argument)
    return n % 60 === 0 ? m.floor_event_add({ n: n / 60 }) : m.floor_event_add_s({ n })
  }
  const words: Record<string, () => string> = {
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
  return words[e.word]?.() ?? e.word
}

/** A moment with its second: two records of one minute must be told apart. */
export function momentWords(at: number): string {
  const d = new Date(at)
  return [d.getHours(), d.getMinutes(), d.getSeconds()].map((n) => String(n).padStart(2, '0')).join(':')
}

/** Added time, "0:05:00". */
export const addedWords = (seconds: number): string => m.floor_added({ time: clockText(seconds) })
