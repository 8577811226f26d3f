import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { asTrouble, type Trouble } from './trouble'

/** What a page shows and how its loading stands. Old data stay while new ones come, so that nothing jumps. */
export interface Loaded<T> {
  data: ShallowRef<T | null>
  trouble: ShallowRef<Trouble | null>
  loading: Ref<boolean>
  reload: () => Promise<void>
}

/**
 * Loads now, when what `key` gives changes, and every `every` milliseconds while the page is seen. Of two answers
 * the one that was asked for later counts. A renewal that fails keeps the data and shows the trouble beside them.
 */
export function useLoad<T>(load: () => Promise<T>, key?: () => unknown, every = 0): Loaded<T> {
  const data = shallowRef<T | null>(null)
  const trouble = shallowRef<Trouble | null>(null)
  const loading = ref(false)
  let last = 0

  async function reload(): Promise<void> {
    const mine = ++last
    loading.value = true
    try {
      const got = await load()
      if (mine !== last) return
      data.value = got
      trouble.value = null
    } catch (thrown) {
      if (mine === last) trouble.value = asTrouble(thrown)
    } finally {
      if (mine === last) loading.value = false
    }
  }

  if (key) {
    watch(key, () => void reload())
  }
  if (every > 0) {
    const timer = setInterval(() => document.hidden || loading.value || void reload(), every)
    onScopeDispose(() => clearInterval(timer))
  }
  onScopeDispose(() => last++)
  void reload()
  return { data, trouble, loading, reload }
}

/** A thing that a person does: busy while it runs, its trouble afterwards. True when it succeeded. */
export function useDoing() {
  const busy = ref(false)
  const trouble = shallowRef<Trouble | null>(null)
  async function run(what: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    trouble.value = null
    try {
      await what()
      return true
    } catch (thrown) {
      trouble.value = asTrouble(thrown)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, trouble, run }
}
