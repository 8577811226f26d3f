import { inject, provide, type InjectionKey } from 'vue'
import { call } from '../api'
import { useLoad, type Loaded } from '../load'
import type { EventOf, Progress } from '../wire'

/** The event of this page and how it stands, for the pages inside it. */
export interface EventHere {
  event: Loaded<EventOf>
  progress: Loaded<Progress>
}

const key: InjectionKey<EventHere> = Symbol('event')

export function provideEvent(id: () => string): EventHere {
  const event = useLoad(async () => (await call<{ event: EventOf }>('GET', `/events/${id()}`)).event, id)
  const progress = useLoad(() => call<Progress>('GET', `/events/${id()}/progress`), id, 5000)
  const here = { event, progress }
  provide(key, here)
  return here
}

export function useEvent(): EventHere {
  const here = inject(key)
  if (!here) throw new Error('useEvent outside an event’s page')
  return here
}
