import { inject, provide, type InjectionKey } from 'vue'
import type { Place } from '../bundle'

const KEY: InjectionKey<() => Place> = Symbol('place')

/** Tells the pad below which place it marks: most need not know. */
export function providePlace(place: () => Place): void {
  provide(KEY, place)
}

/** The place that a pad marks, or nowhere: a pad may stand by itself. */
export function usePlace(): () => Place | null {
  return inject<() => Place | null>(KEY, () => null)
}
