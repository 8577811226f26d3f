import { shallowRef } from 'vue'
import { call } from '../api'
import type { Contest, EventOf } from '../wire'

const contests = shallowRef<Contest[]>([])
const events = shallowRef<ReadonlyMap<string, EventOf[]>>(new Map())

/** Contests, and the events of one, to choose from and to say by name; each asked for once. */
export function useNames() {
  async function learnContests(): Promise<void> {
    contests.value = (await call<{ contests: Contest[] }>('GET', '/contests?limit=500')).contests
  }
  async function learnEvents(contest: string): Promise<void> {
    if (!contest || events.value.has(contest)) return
    const got = await call<{ events: EventOf[] }>('GET', `/contests/${contest}/events?limit=500`)
    events.value = new Map([...events.value, [contest, got.events]])
  }
  const contestName = (id: string) => contests.value.find((c) => c.id === id)?.name ?? id.slice(0, 8)
  const eventName = (contest: string, id: string) =>
    events.value.get(contest)?.find((e) => e.id === id)?.trade ?? id.slice(0, 8)
  return { contests, events, learnContests, learnEvents, contestName, eventName }
}
