import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import { locale } from '@/shared/locale'
import { call } from '../api'
import { useLoad, type Loaded } from '../load'
import { Trouble } from '../trouble'
import type { EventOf, Progress, SchemeOfEvent } from '../wire'
import { glossOf, namesOfPanels } from './outline'

/** The event of this page and how it stands, for the pages inside it. */
export interface EventHere {
  event: Loaded<EventOf>
  progress: Loaded<Progress>
  /** Its marking scheme; `is` is null while there is none. */
  scheme: Loaded<{ is: SchemeOfEvent | null }>
  /** What a panel is called; its id while nobody knows. */
  panelName: ComputedRef<(id: string) => string>
  /** A name that the server took from the scheme, in the reader's language; also behind a code, as in “A1.1 余高”. */
  schemeName: ComputedRef<(name: string) => string>
}

const key: InjectionKey<EventHere> = Symbol('event')

export function provideEvent(id: () => string): EventHere {
  const event = useLoad(async () => (await call<{ event: EventOf }>('GET', `/events/${id()}`)).event, id)
  const progress = useLoad(() => call<Progress>('GET', `/events/${id()}/progress`), id, 5000)
  const scheme = useLoad(() => schemeOf(id()), id)
  const panelName = computed(() => {
    const is = scheme.data.value?.is
    const names = is ? namesOfPanels(is.text, locale.value === 'en') : new Map<string, string>()
    return (panel: string) => names.get(panel) ?? panel
  })
  const schemeName = computed(() => {
    const is = scheme.data.value?.is
    const gloss = is && locale.value === 'en' ? glossOf(is.text) : new Map<string, string>()
    return (name: string) => {
      const [, code = '', rest = ''] = /^([A-Z]+[\d.]* )(.+)$/.exec(name) ?? []
      return gloss.get(name) ?? (gloss.has(rest) ? code + gloss.get(rest) : name)
    }
  })
  const here = { event, progress, scheme, panelName, schemeName }
  provide(key, here)
  return here
}

async function schemeOf(event: string): Promise<{ is: SchemeOfEvent | null }> {
  try {
    return { is: await call<SchemeOfEvent>('GET', `/events/${event}/scheme`) }
  } catch (thrown) {
    if (thrown instanceof Trouble && thrown.code === 'programme.scheme_missing') return { is: null }
    throw thrown
  }
}

export function useEvent(): EventHere {
  const here = inject(key)
  if (!here) throw new Error('useEvent outside an event’s page')
  return here
}
