import { computed, onScopeDispose, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { listEvents, worthShowing, type Listed } from './events'
import { nextOf, pageAt, pagesWithin, turn } from './pages'
import type { Plan } from './plan'

const LIST = 30_000
const RETRY = 3000

export interface Turns {
  event: ShallowRef<string>
  /** Those whose turn comes next. */
  next: ComputedRef<Listed[]>
  /** How many pages of an event have time before the next one's turn. */
  limit: ComputedRef<number>
  /** To be told the time and how many pages are shown; it says which one stands. */
  step: (now: number, pages: number) => number
  /** How much of the turn is over, 0 to 1. */
  over: (now: number, pages: number) => number
}

/** Which event and which of its pages a wall shows. */
export function useTurns(plan: Plan): Turns {
  const events = shallowRef<Listed[]>([])
  const event = shallowRef(plan.event)
  let since = Date.now()
  let timer: ReturnType<typeof setTimeout>

  async function load(): Promise<void> {
    const found = await listEvents(plan.contest)
    // A list that came back empty is no reason to leave a wall empty.
    if (found?.length) events.value = worthShowing(found)
    if (!event.value) begin(events.value[0]?.id ?? '')
    timer = setTimeout(load, found ? LIST : RETRY)
  }

  function begin(id: string): void {
    event.value = id
    since = Date.now()
  }

  const rotates = computed(() => !plan.event && events.value.length > 1)

  if (!plan.event) void load()
  onScopeDispose(() => clearTimeout(timer))
  return {
    event,
    next: computed(() => {
      if (!rotates.value) return []
      const at = events.value.findIndex((e) => e.id === event.value)
      return [1, 2, 3]
        .slice(0, events.value.length - 1)
        .map((i) => events.value[(at + i) % events.value.length] as Listed)
    }),
    limit: computed(() => (rotates.value ? pagesWithin(plan.seconds) : Infinity)),
    step(now, pages) {
      if (rotates.value && now - since >= turn(pages, plan.seconds)) {
        begin(
          nextOf(
            events.value.map((e) => e.id),
            event.value,
          ),
        )
        return 0
      }
      return pageAt(now - since, pages)
    },
    over: (now, pages) => Math.min(1, (now - since) / turn(pages, plan.seconds)),
  }
}
