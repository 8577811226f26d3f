// A wall runs for days with nobody beside it. A worker watches whether the page still paints; when it has not for
// five seconds, the page is loaded again as soon as it can be, and begins with the last good board. A loop that never
// ends holds the page's only thread: that needs the kiosk's own supervisor, for nothing inside the page can stop it.

const BEAT = 1000

export function watchOver(reload: () => void = () => location.reload()): void {
  if (typeof Worker === 'undefined') return
  const worker = new Worker(new URL('./watchdog.worker.ts', import.meta.url), { type: 'module' })
  worker.onmessage = reload
  let last = 0
  const beat = (now: number): void => {
    if (now - last >= BEAT) {
      last = now
      worker.postMessage('painted')
    }
    requestAnimationFrame(beat)
  }
  requestAnimationFrame(beat)
  // A hidden page does not paint, and need not.
  document.addEventListener('visibilitychange', () => worker.postMessage(document.hidden ? 'rest' : 'painted'))
}
