import { call } from '../api'
import { Trouble } from '../trouble'
import type { Chair, EntriesPage, SchemeOfEvent } from '../wire'
import type { Setup } from './stages'

/** Asks for what an event has of its setup. */
export async function setupOf(event: string): Promise<Setup> {
  const [panels, chairs, entries] = await Promise.all([
    panelsOf(event),
    call<{ chairs: Chair[] }>('GET', `/events/${event}/chairs`),
    call<EntriesPage>('GET', `/events/${event}/entries?limit=1`),
  ])
  return { panels, seated: chairs.chairs.map((c) => c.panel), entries: entries.total }
}

async function panelsOf(event: string): Promise<Setup['panels']> {
  try {
    return (await call<SchemeOfEvent>('GET', `/events/${event}/scheme`)).panels
  } catch (thrown) {
    if (thrown instanceof Trouble && thrown.code === 'programme.scheme_missing') return null
    throw thrown
  }
}

/** Runs jobs, a few at a time; a job that fails is left out. */
export async function fewAtATime<T>(jobs: (() => Promise<T>)[], most = 3): Promise<void> {
  const left = [...jobs]
  const worker = async () => {
    for (let job = left.shift(); job; job = left.shift()) await job().catch(() => undefined)
  }
  await Promise.all(Array.from({ length: most }, worker))
}
