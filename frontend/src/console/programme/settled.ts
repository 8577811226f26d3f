import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue'

/** What was typed, once the typing has paused. */
export function settled(typed: Readonly<Ref<string>>, pause = 250): Readonly<ShallowRef<string>> {
  const value = shallowRef(typed.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(typed, (next) => {
    clearTimeout(timer)
    timer = setTimeout(() => (value.value = next.trim()), pause)
  })
  onScopeDispose(() => clearTimeout(timer))
  return value
}
