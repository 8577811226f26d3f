import { inject, provide, type InjectionKey } from 'vue'
import { call } from '../api'
import { useLoad, type Loaded } from '../load'
import type { Contest } from '../wire'

const key: InjectionKey<Loaded<Contest>> = Symbol('contest')

/** The contest of this page, for the pages inside it. */
export function provideContest(id: () => string): Loaded<Contest> {
  const loaded = useLoad(async () => (await call<{ contest: Contest }>('GET', `/contests/${id()}`)).contest, id)
  provide(key, loaded)
  return loaded
}

export function useContest(): Loaded<Contest> {
  const loaded = inject(key)
  if (!loaded) throw new Error('useContest outside a contest’s page')
  return loaded
}
