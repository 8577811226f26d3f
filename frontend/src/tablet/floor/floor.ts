import {
  cellKey,
  workKey,
  type Bundle,
  type ClockSession,
  type Pad,
  type Place,
  type Sheet,
  type Work,
} from '../bundle'
import { padsOf, placesOf, sheetsOf, type Cells, type Rounds } from '../cells'
import type { Item } from '../outbox/store'
import { read } from '../pads/rule'
import { clockOf, isExact, netOf, type Clock } from './clock'

/** Seats on one page: what a judge on the floor has in view at once. */
export const PER_PAGE = 8

/** 赛位: one work of a module on the floor, with its clock. */
export interface Seat {
  key: string
  work: Work
  sheet: Sheet
  clock: Clock
  /** Records of it that are not on the server yet. */
  waits: number
  /** The last record that came back and was not laid aside. */
  returned: Item | null
  /** The entry is there to compete. */
  competes: boolean
}

/** The seats of a module, in the order of the bundle. */
export function seatsOf(bundle: Bundle, sheet: Sheet, clocks: readonly Item[], ahead: number): Seat[] {
  const criterion = sheet.criterion.id
  const isHere = (s: { work: string }, work: Work) => s.work === work.work
  return bundle.works
    .filter((w) => w.identity === sheet.criterion.identity && w.criteria.includes(criterion))
    .map((work) => {
      const told = bundle.sessions?.find((s: ClockSession) => s.criterion === criterion && isHere(s, work))
      const items = clocks.filter((i) => i.aspect === criterion && isHere(i, work))
      const back = items.filter((i) => i.state === 'returned' && !i.dismissed)
      return {
        key: workKey(work),
        work,
        sheet,
        clock: clockOf(told, items, ahead),
        waits: items.filter((i) => i.state === 'pending').length,
        returned: back[back.length - 1] ?? null,
        competes: work.status === '' || work.status === 'competing' || work.status === 'out',
      }
    })
}

/** The pads on which violations of this seat are noted, in whichever of its modules they stand. */
export function penaltiesOf(bundle: Bundle, seat: Seat): Pad[] {
  return padsOf(sheetsOf(bundle, seat.work)).filter((p) => p.kind === 'penalty' && p.items?.length)
}

function timePads(sheet: Sheet): Pad[] {
  return padsOf([sheet]).filter((p) => p.kind === 'time')
}

/** The seconds that a module may last, by its time aspects; null where the scheme sets no limit. */
export function limitOf(sheet: Sheet): number | null {
  const limits = timePads(sheet).flatMap((pad) => {
    const bands = (pad.bands ?? []).map((b) => Number(b.hi)).filter((n) => n > 0)
    const limit = Number(pad.linear?.limit ?? (bands.length ? Math.max(...bands) : pad.high))
    return limit > 0 ? [limit] : []
  })
  return limits.length ? Math.floor(Math.min(...limits)) : null
}

/** Seconds left of a limit: what was added counts, what was paused does not. */
export function leftOf(limit: number, clock: Clock, now: number): number {
  return limit + clock.added - netOf(clock, now)
}

/** A mark that follows from the clock. */
export interface Following {
  place: Place
  kind: 'mark' | 'not_performed' | 'withdraw'
  value: string
}

function timePlaces(seat: Seat, rounds: Rounds): { pad: Pad; place: Place }[] {
  return timePads(seat.sheet).flatMap((pad) => {
    const [place] = placesOf(seat.work.work, pad, rounds)
    return place ? [{ pad, place }] : []
  })
}

/** What the clock says of the module's time aspects once the work is handed in, or there is none. */
function wanted(clock: Clock): Pick<Following, 'kind' | 'value'> | null {
  if (clock.state === 'no_work') return { kind: 'not_performed', value: '' }
  // Handed in without a start: this module was not timed here.
  if (clock.state !== 'handed_in' || clock.startedAt === null) return null
  return { kind: 'mark', value: String(netOf(clock, 0)) }
}

/** What would change in the module's time aspects if they followed the clock now; refused: the scheme takes no such time. */
export function dueOf(seat: Seat, clock: Clock, cells: Cells, rounds: Rounds): { marks: Following[]; refused: Pad[] } {
  const want = wanted(clock)
  const marks: Following[] = []
  const refused: Pad[] = []
  if (!want) return { marks, refused }
  for (const { pad, place } of timePlaces(seat, rounds)) {
    const cell = cells.get(cellKey(place))
    if (want.kind === 'mark' && !read(pad, want.value).ok) refused.push(pad)
    else if (cell?.kind !== want.kind || cell.value !== want.value) marks.push({ place, ...want })
  }
  return { marks, refused }
}

/** The time marks that a hand-in of this clock gives along with it: none where the server's times decide. */
export function marksAt(seat: Seat, then: Clock, cells: Cells, rounds: Rounds): Following[] {
  return isExact(seat.clock) ? dueOf(seat, then, cells, rounds).marks : []
}

/** When a hand-in is taken back, so are the time marks that say what it said. */
export function withdrawnWith(seat: Seat, cells: Cells, rounds: Rounds): Following[] {
  const said = wanted(seat.clock)
  if (!said || seat.clock.signed) return []
  return timePlaces(seat, rounds)
    .filter(({ place }) => {
      const cell = cells.get(cellKey(place))
      return cell?.kind === said.kind && cell.value === said.value
    })
    .map(({ place }) => ({ place, kind: 'withdraw', value: '' }))
}
