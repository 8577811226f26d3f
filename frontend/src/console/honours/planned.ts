import { said } from '@/shared/said'
import { call } from '../api'
import type { PlanEvent, PlanYear } from '../plan/wire'
import { stageWord } from '../words'

export interface PlannedContest {
  id: string
  name: string
  events: PlanEvent[]
}

/** The contests of the yearly plans, newest year first: the union's office has a part in none of them and reads all. */
export async function plannedContests(): Promise<PlannedContest[]> {
  const newest = await call<PlanYear>('GET', '/plan')
  const years = newest.years.filter((y) => y !== newest.year).sort((a, b) => b - a)
  const others = await Promise.all(years.map((y) => call<PlanYear>('GET', `/plan?year=${y}`)))
  return byContest([newest, ...others].flatMap((p) => p.lines.map((l) => l.event)))
}

/** Events under their contests, both in the order in which they came, each once. */
export function byContest(events: readonly PlanEvent[]): PlannedContest[] {
  const all = new Map<string, PlannedContest>()
  for (const e of events) {
    const contest = all.get(e.contest) ?? { id: e.contest, name: e.contest_name, events: [] }
    if (!contest.events.some((known) => known.id === e.id)) contest.events.push(e)
    all.set(e.contest, contest)
  }
  return [...all.values()]
}

/** What an event is called among those of its contest: the stage tells events of one trade apart. */
export function eventWords(e: PlanEvent): string {
  return [said(e.trade, e.trade_en), said(e.title, e.title_en), stageWord(e.stage), e.group].filter(Boolean).join(' · ')
}
