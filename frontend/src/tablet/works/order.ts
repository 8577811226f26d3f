import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'

/** 按作品 or 按评分点, and the aspect that is open in the latter. */
export interface Order {
  byAspect: ShallowRef<boolean>
  aspect: ShallowRef<string | null>
  choose: (byAspect: boolean) => void
  /** Opens an aspect, goes on to another one, or closes it (null). */
  show: (aspect: string | null) => void
}

const STORE = 'jiangtai.order'

/** The order stays with the tablet; the open aspect with the page's history, so that "back" and a reload find it. */
export function useOrder(): Order {
  const byAspect = shallowRef(recall() === 'aspect')
  const aspect = shallowRef(aspectOf(history.state))

  const follow = (e: PopStateEvent) => (aspect.value = aspectOf(e.state))
  addEventListener('popstate', follow)
  onScopeDispose(() => removeEventListener('popstate', follow))

  return {
    byAspect,
    aspect,
    choose(next) {
      byAspect.value = next
      keep(next ? 'aspect' : 'work')
    },
    show(next) {
      if (next !== null && aspect.value === null) history.pushState({ aspect: next }, '')
      else history.replaceState(next === null ? null : { aspect: next }, '')
      aspect.value = next
    },
  }
}

function aspectOf(state: unknown): string | null {
  const found = (state as { aspect?: unknown } | null)?.aspect
  return typeof found === 'string' ? found : null
}

function recall(): string | null {
  try {
    return localStorage.getItem(STORE)
  } catch {
    return null
  }
}

function keep(order: string): void {
  try {
    localStorage.setItem(STORE, order)
  } catch {
    // the browser keeps nothing there: the order holds for this visit
  }
}
