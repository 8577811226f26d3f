/**
 * A clock for measuring: milliseconds that look like the time of day, but never go back and do not jump.
 *
 * Session clocks are differences of two readings, taken hours apart and across reloads, on tablets whose time of day
 * may be wrong by years and be put right at any moment (the hall's network comes up, somebody opens the settings).
 * - Within a page the readings follow performance.timeOrigin + performance.now(), which no setting of the time moves.
 * - That counter stands still while the device sleeps. When the time of day has run on further than the counter and
 *   the page was out of sight meanwhile, it was sleep, and the time of day is believed; when the page was in sight all
 *   along, or the difference goes back or past a day, somebody has set the time, and the counter is believed.
 * - Across a reload the distance to the time of day goes along in localStorage, with the last reading: a time that was
 *   put right before the reload stays corrected after it, and no reading is below one that was given before.
 * What cannot be told apart is the time being set while no page is open; the server keeps its own times of arrival.
 */
export class SteadyClock {
  private at: number
  private mono: number
  private wall: number
  private unseen = false
  private keptAt = -Infinity

  constructor(private readonly env: Env = browser()) {
    this.mono = env.mono()
    this.wall = env.wall()
    const kept = read(env.recall())
    this.at = kept ? Math.max(this.wall + kept.ahead, kept.at) : this.wall
  }

  /** The reading, in whole milliseconds. */
  readonly now = (): number => {
    const [mono, wall] = [this.env.mono(), this.env.wall()]
    const counted = Math.max(0, mono - this.mono)
    const passed = wall - this.wall
    const more = passed - counted
    const hasSlept = (this.unseen || this.env.hidden()) && more > SLACK && more < DAY
    this.at += hasSlept ? passed : counted
    this.mono = mono
    this.wall = wall
    this.unseen = this.env.hidden()
    this.keep()
    return Math.floor(this.at)
  }

  /** Notes that the page is, or was, out of sight. */
  hide(): void {
    this.now()
    this.unseen = true
  }

  private keep(): void {
    if (this.at - this.keptAt < KEEP_EVERY) return
    this.keptAt = this.at
    this.env.keep(JSON.stringify({ ahead: this.at - this.wall, at: this.at }))
  }
}

interface Env {
  wall: () => number
  mono: () => number
  hidden: () => boolean
  recall: () => string | null
  keep: (text: string) => void
}

const STORE_KEY = 'jiangtai.steady'
const SLACK = 2_000
const DAY = 86_400_000
const KEEP_EVERY = 1_000

function read(text: string | null): { ahead: number; at: number } | null {
  try {
    const found = JSON.parse(text ?? 'null') as { ahead?: unknown; at?: unknown } | null
    const { ahead, at } = found ?? {}
    return typeof ahead === 'number' && typeof at === 'number' ? { ahead, at } : null
  } catch {
    return null
  }
}

function browser(): Env {
  return {
    wall: Date.now,
    mono: () => performance.timeOrigin + performance.now(),
    hidden: () => document.visibilityState === 'hidden',
    recall: () => {
      try {
        return localStorage.getItem(STORE_KEY)
      } catch {
        return null
      }
    },
    keep: (text) => {
      try {
        localStorage.setItem(STORE_KEY, text)
      } catch {
        // storage is blocked: the clock holds for this visit
      }
    },
  }
}

let one: SteadyClock | undefined

/** The one clock of this page. */
export function steadyNow(): number {
  if (!one) {
    const clock = (one = new SteadyClock())
    document.addEventListener('visibilitychange', () => clock.hide())
    setInterval(clock.now, KEEP_EVERY)
  }
  return one.now()
}
