import { inject, provide, shallowRef, type InjectionKey, type ShallowRef } from 'vue'

/** What may lie over the page. */
export type PanelName = 'settings' | 'returned' | 'pair'

/** 签名页 stands in the place of the list of works, and panels may lie over it too. */
export const signPage = shallowRef(false)

const KEY: InjectionKey<ShallowRef<PanelName | null>> = Symbol('panel')

export function providePanel(): ShallowRef<PanelName | null> {
  const open = shallowRef<PanelName | null>(null)
  provide(KEY, open)
  return open
}

export function usePanel(): ShallowRef<PanelName | null> {
  return inject(KEY, () => shallowRef<PanelName | null>(null), true)
}
