import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'

/** The time of day of a moment in milliseconds, "14:32", in the device's zone. */
export function timeOfDay(at: number): string {
  const d = new Date(at)
  return `${String(d.getHours()).padStart(2, '0')}:${String(d.getMinutes()).padStart(2, '0')}`
}

/** The present in milliseconds, renewed every step while the scope that asked for it lives. */
export function useNow(step = 1000): Readonly<ShallowRef<number>> {
  const now = shallowRef(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), step)
  onScopeDispose(() => clearInterval(timer))
  return now
}
