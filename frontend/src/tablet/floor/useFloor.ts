import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { cellKey, type Sheet } from '../bundle'
import { steadyNow } from '../steady'
import type { Tablet } from '../tablet'
import { after } from './clock'
import { dueOf, limitOf, marksAt, PER_PAGE, seatsOf, withdrawnWith, type Seat } from './floor'
import { floorSheets } from './sheets'

/** What is said of a session beside the word itself. */
export interface Saying {
  text?: string
  /** When it was, where a question stood between the tap and the word. */
  at?: number
}

export interface Floor {
  sheets: ComputedRef<Sheet[]>
  sheet: ComputedRef<Sheet | undefined>
  limit: ComputedRef<number | null>
  seats: ComputedRef<Seat[]>
  /** The seats of this page. */
  shown: ComputedRef<Seat[]>
  page: ShallowRef<number>
  pages: ComputedRef<number>
  now: Readonly<ShallowRef<number>>
  /** The last word could not be written down. */
  failed: ShallowRef<boolean>
  choose(criterion: string): void
  find(key: string): Seat | undefined
  say(seat: Seat, value: string, saying?: Saying): Promise<void>
  note(seat: Seat): Promise<void>
}

const TICK = 250
const AHEAD_KEY = 'jiangtai.ahead'

/** The seats of the floor with their running clocks, and what a judge says of them. */
export function useFloor(tablet: Tablet): Floor {
  const now = shallowRef(steadyNow())
  const timer = setInterval(() => (now.value = steadyNow()), TICK)
  onScopeDispose(() => clearInterval(timer))

  const ahead = useAhead(tablet)
  const chosen = shallowRef('')
  const page = shallowRef(0)
  const failed = shallowRef(false)
  const sheets = computed(() => (tablet.bundle.value ? floorSheets(tablet.bundle.value) : []))
  const sheet = computed(() => sheets.value.find((s) => s.criterion.id === chosen.value) ?? sheets.value[0])
  const seats = computed(() => {
    const bundle = tablet.bundle.value
    return bundle && sheet.value ? seatsOf(bundle, sheet.value, tablet.clocks.value, ahead.value) : []
  })
  const pages = computed(() => Math.max(1, Math.ceil(seats.value.length / PER_PAGE)))
  const shown = computed(() => seats.value.slice(page.value * PER_PAGE, (page.value + 1) * PER_PAGE))

  function choose(criterion: string): void {
    chosen.value = criterion
    page.value = 0
  }

  async function say(seat: Seat, value: string, { text, at = steadyNow() }: Saying = {}): Promise<void> {
    const [cells, rounds] = [tablet.cells.value, tablet.rounds.value]
    const isUndo = value === 'undo'
    const marks = isUndo
      ? withdrawnWith(seat, cells, rounds)
      : marksAt(seat, after(seat.clock, value, at), cells, rounds)
    const supersedes = isUndo ? seat.clock.newest : null
    const { work } = seat.work
    failed.value = !(await tablet.clock(work, seat.sheet.criterion.id, value, { text, at, supersedes, marks }))
    now.value = steadyNow()
  }

  /** Notes the clock's time on the sheet. */
  async function note(seat: Seat): Promise<void> {
    for (const { place, kind, value } of dueOf(seat, seat.clock, tablet.cells.value, tablet.rounds.value).marks) {
      await tablet.give(place, kind, value)
    }
  }

  watch(seats, (all) => void settle(tablet, all, note), { immediate: true })
  watch(pages, (n) => (page.value = Math.min(page.value, n - 1)))

  return {
    ...{ sheets, sheet, seats, shown, page, pages, now, failed, choose, say, note },
    limit: computed(() => (sheet.value ? limitOf(sheet.value) : null)),
    find: (key) => seats.value.find((s) => s.key === key),
  }
}

/**
 * A hand-in of this tablet on a clock that another one set running: its time is the server's to say, and is noted when
 * the server has. Only into an empty place: what a judge put there himself stays.
 */
async function settle(tablet: Tablet, seats: readonly Seat[], note: (seat: Seat) => Promise<void>): Promise<void> {
  for (const seat of seats) {
    if (seat.waits > 0 || !seat.clock.foreign || !seat.clock.since?.own || seat.clock.since.server === null) continue
    const { marks } = dueOf(seat, seat.clock, tablet.cells.value, tablet.rounds.value)
    const isFree = marks.every(({ place }) => {
      const cell = tablet.cells.value.get(cellKey(place))
      return !cell?.kind && !cell?.returned && cell?.state !== 'pending'
    })
    if (marks.length > 0 && isFree) await note(seat)
  }
}

/**
 * By how much the server's clock is ahead of this tablet's: the most that any of its answers has shown, since an
 * answer is never read before it was written. Kept with the device's pairing.
 */
function useAhead(tablet: Tablet): Readonly<ShallowRef<number>> {
  const ahead = shallowRef(0)
  const device = () => tablet.session.value?.device ?? ''
  watch(
    tablet.bundle,
    (bundle) => {
      const told = Date.parse(bundle?.head?.server_time ?? '')
      if (Number.isNaN(told)) return
      const [of, kept] = recall()
      ahead.value = Math.max(told - steadyNow(), of === device() ? kept : -Infinity)
      keep(device(), ahead.value)
    },
    { immediate: true },
  )
  return ahead
}

function recall(): [string, number] {
  try {
    const [device = '', ms = ''] = (localStorage.getItem(AHEAD_KEY) ?? '').split(' ')
    return ms ? [device, Number(ms)] : ['', 0]
  } catch {
    return ['', 0]
  }
}

function keep(device: string, ms: number): void {
  try {
    localStorage.setItem(AHEAD_KEY, `${device} ${ms}`)
  } catch {
    // storage is blocked: it is learned anew
  }
}
