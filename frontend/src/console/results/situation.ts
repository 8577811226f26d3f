import { may } from '../session'
import { unsentOf, type Situation } from '../judging/acts'
import type { EventOf, Progress } from '../wire'

/** What the dialog of an act must know of an event that was opened. */
export function situationOf(event: EventOf, p: Progress): Situation {
  return {
    phase: p.phase,
    frozen: p.frozen,
    sealed: p.sealed,
    lacks: [],
    unsent: unsentOf(p.devices).tablets,
    kind: event.kind,
    mayAct: (roles) => may(roles, event.contest, event.id),
  }
}
