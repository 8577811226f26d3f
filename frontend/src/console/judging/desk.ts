import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { Feed } from '@/shared/live/frames'
import { call } from '../api'
import { useLoad, type Loaded } from '../load'
import type { DeskRow } from '../wire'
import { useTopic, type Followed } from './live'
import { fewAtATime, setupOf } from './readiness'
import { lacks, type Lack } from './stages'

/** How the desk's rows are narrowed. */
export type Filter = 'all' | 'attention' | 'waiting' | 'running' | 'provisional' | 'official'

/** What the desk's frames say of an event; the rest comes by HTTP. */
type LiveRow = Pick<DeskRow, 'phase' | 'frozen' | 'sealed' | 'entries' | 'done' | 'need' | 'last_at'>

/** The rows with what came live laid over them. */
export function merged(rows: readonly DeskRow[], feed: Feed | null): DeskRow[] {
  const live = new Map((feed?.rows ?? []).map((row) => [row.k, row as unknown as LiveRow]))
  return rows.map((row) => {
    const now = live.get(row.event)
    if (!now || (row.last_at && now.last_at && now.last_at < row.last_at)) return row
    const { phase, frozen, sealed, entries, done, need, last_at } = now
    return { ...row, phase, frozen, sealed, entries, done, need, last_at }
  })
}

/** Says whether somebody has to look at an event: it lacks something, marks wait for a decision or have not come. */
export function wantsAttention(row: DeskRow, lack: readonly Lack[] | undefined): boolean {
  return (lack?.length ?? 0) > 0 || row.late > 0 || row.holes > 0 || row.pending > 0
}

/** The rows that fit the words typed and the filter; `names` are what events are called beside their Chinese names. */
export function narrowed(
  rows: readonly DeskRow[],
  q: string,
  filter: Filter,
  lack: ReadonlyMap<string, Lack[]>,
  names?: ReadonlyMap<string, string>,
): DeskRow[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter((row) => {
    if (filter === 'attention' && !wantsAttention(row, lack.get(row.event))) return false
    if (filter !== 'all' && filter !== 'attention' && row.phase !== filter) return false
    const text = [row.trade, row.title, row.group, row.hall, names?.get(row.event)].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

export interface DeskView {
  load: Loaded<DeskRow[]>
  rows: ComputedRef<DeskRow[]>
  /** What events that wait for their opening lack; no entry: not looked yet. */
  lack: ShallowRef<ReadonlyMap<string, Lack[]>>
  live: Followed
}

/** The control desk of a contest: counts live, the rest every few seconds, readiness once. */
export function useDesk(contest: string): DeskView {
  const load = useLoad(
    async () => (await call<{ events: DeskRow[] }>('GET', `/contests/${contest}/desk`)).events,
    undefined,
    10_000,
  )
  const live = useTopic(`desk/${contest}`)
  const rows = computed(() => merged(load.data.value ?? [], live.feed.value))
  const lack = shallowRef<ReadonlyMap<string, Lack[]>>(new Map())
  const asked = new Set<string>()
  let gone = false
  onScopeDispose(() => (gone = true))

  watch(rows, (now) => {
    const fresh = now.filter((row) => row.phase === 'waiting' && !asked.has(row.event))
    for (const row of fresh) asked.add(row.event)
    void fewAtATime(
      fresh.map((row) => async () => {
        if (gone) return
        const found = lacks(await setupOf(row.event))
        lack.value = new Map([...lack.value, [row.event, found]])
      }),
    )
  })
  return { load, rows, lack, live }
}
