import { inject, provide, shallowRef, type InjectionKey, type ShallowRef } from 'vue'

/** What may lie over the page. */
export type PanelName = 'settings' | 'returned' | 'pair' | 'call'

/** 签名页 stands in the place of the list of works, and panels may lie over it too. */
export const signPage = shallowRef(false)

/** How many calls have an answer that nobody has read yet. */
export const callNews = shallowRef(0)

const KEY: InjectionKey<ShallowRef<PanelName | null>> = Symbol('panel')

export function providePanel(): ShallowRef<PanelName | null> {
  const open = shallowRef<PanelName | null>(null)
  provide(KEY, open)
  return open
}

export function usePanel(): ShallowRef<PanelName | null> {
  return inject(KEY, () => shallowRef<PanelName | null>(null), true)
}
