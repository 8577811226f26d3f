/**
 * One page of a tablet marks; the others look on. The first to hold the lock leads until it is closed, then the next
 * one does. Resolves with whether this page leads now; when a page that waits takes over, led is called.
 */
export async function lead(led: () => void, locks: LockManager = navigator.locks): Promise<boolean> {
  const NAME = 'jiangtai-tablet'
  const forever = () => new Promise<void>(() => undefined)
  const first = await new Promise<boolean>((resolve) => {
    void locks.request(NAME, { ifAvailable: true }, (lock) => {
      resolve(lock !== null)
      return lock ? forever() : undefined
    })
  })
  if (!first) {
    void locks.request(NAME, () => {
      led()
      return forever()
    })
  }
  return first
}
