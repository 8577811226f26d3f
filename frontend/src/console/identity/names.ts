import { shallowRef } from 'vue'
import { locale } from '@/shared/locale'
import { said } from '@/shared/said'
import { call } from '../api'
import type { Contest, EventOf } from '../wire'

const contests = shallowRef<Contest[]>([])
let asked = false
const events = shallowRef<ReadonlyMap<string, EventOf[]>>(new Map())

/** Contests, and the events of one, to choose from and to say by name; each asked for once. */
export function useNames() {
  async function learnContests(): Promise<void> {
    contests.value = (await call<{ contests: Contest[] }>('GET', '/contests?limit=500')).contests
  }
  /** Asks for English names where they are read; a page that has the Chinese ones loses nothing without. */
  async function learnEnglish(): Promise<void> {
    if (asked || locale.value !== 'en') return
    asked = true
    await learnContests().catch(() => (asked = false))
  }
  async function learnEvents(contest: string): Promise<void> {
    if (!contest || events.value.has(contest)) return
    const got = await call<{ events: EventOf[] }>('GET', `/contests/${contest}/events?limit=500`)
    events.value = new Map([...events.value, [contest, got.events]])
  }
  /** A contest by its Chinese name, or the English one where it is known. */
  const contestWords = (id: string, name: string) => said(name, contests.value.find((c) => c.id === id)?.name_en)
  function contestName(id: string): string {
    const found = contests.value.find((c) => c.id === id)
    return found ? said(found.name, found.name_en) : id.slice(0, 8)
  }
  function eventName(contest: string, id: string): string {
    const found = events.value.get(contest)?.find((e) => e.id === id)
    return found ? said(found.trade, found.trade_en) : id.slice(0, 8)
  }
  return { contests, events, learnContests, learnEnglish, learnEvents, contestName, contestWords, eventName }
}
