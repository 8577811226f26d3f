import * as m from '@/paraglide/messages'
import type { Bundle, ClockSession } from '../bundle'

type Sessions = Pick<Bundle, 'sessions'> | null

/** What the floor's clock says of a work in one module; undefined where nobody said anything, or this chair may not know. */
export function sessionOf(bundle: Sessions, work: string, criterion: string): ClockSession | undefined {
  return bundle?.sessions?.find((s) => s.work === work && s.criterion === criterion)
}

/** 未开始, 比赛中, 已交件, 缺件 … */
export function sessionWords(state: ClockSession['state']): string {
  const words: Record<ClockSession['state'], () => string> = {
    waiting: m.marking_session_waiting,
    running: m.marking_session_running,
    paused: m.marking_session_paused,
    handed_in: m.marking_session_handed_in,
    no_work: m.marking_session_no_work,
    absent: m.marking_session_absent,
  }
  return words[state]()
}

/** Whether there is nothing of the work to look at in the module: no piece was handed in, or nobody came. */
export function isEmpty(state: ClockSession['state'] | undefined): boolean {
  return state === 'no_work' || state === 'absent'
}

// What a work is told by when its modules differ: the one that a judge must know first.
const FIRST: ClockSession['state'][] = ['absent', 'no_work', 'running', 'paused', 'waiting', 'handed_in']

/** The one word for a work over all modules that this chair marks of it; undefined without any. */
export function stateOfWork(
  bundle: Sessions,
  work: string,
  criteria: readonly string[],
): ClockSession['state'] | undefined {
  const states = new Set(criteria.map((c) => sessionOf(bundle, work, c)?.state))
  return FIRST.find((s) => states.has(s))
}
