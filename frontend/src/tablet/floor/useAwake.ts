import { onScopeDispose, watch } from 'vue'

/** Keeps the screen on while a clock runs on this page, where the browser can; a dark tablet is no clock. */
export function useAwake(wanted: () => boolean): void {
  let lock: WakeLockSentinel | null = null
  let isAsking = false

  async function hold(): Promise<void> {
    if (!wanted() || lock || isAsking || document.visibilityState !== 'visible') return
    isAsking = true
    try {
      lock = (await navigator.wakeLock?.request('screen')) ?? null
      lock?.addEventListener('release', () => (lock = null))
    } catch {
      // a battery that is nearly empty says no: the clock runs on without the screen
    }
    isAsking = false
    if (!wanted()) drop()
  }

  function drop(): void {
    void lock?.release()
    lock = null
  }

  const seen = () => void hold()
  document.addEventListener('visibilitychange', seen) // the browser lets go of it when the page is out of sight
  watch(wanted, (yes) => (yes ? void hold() : drop()), { immediate: true })
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', seen)
    drop()
  })
}
