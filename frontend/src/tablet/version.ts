import { readonly, shallowRef } from 'vue'

const EVERY = 30 * 60_000

const waiting = shallowRef<ServiceWorker | null>(null)
const kept = shallowRef(false)
let isTaken = false

/** A newer version of the tablet lies on this device and waits to be taken. */
export const offered = readonly(waiting)
/** The page and everything that it loads later lie on this device: it opens without a network. */
export const isKept = readonly(kept)

/**
 * Keeps the tablet's page on the device, and watches for a newer one. What is open stays the version it is until
 * somebody takes the new one; follow says whether this page goes along when another page took it.
 */
export async function keepPage(follow: () => boolean): Promise<void> {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined
  if (!workers) return
  let running = workers.controller
  workers.addEventListener('controllerchange', () => {
    if (running && (isTaken || follow())) location.reload()
    running = workers.controller
  })
  void workers.ready.then(() => (kept.value = true))
  try {
    // Asked of the server, not of the browser's cache: an old worker would hide a new version.
    const here = await workers.register('/tablet-sw.js', { scope: '/tablet', updateViaCache: 'none' })
    const look = () => (waiting.value = here.active ? here.waiting : null)
    here.addEventListener('updatefound', () => here.installing?.addEventListener('statechange', look))
    look()
    const ask = () => void here.update().catch(() => undefined)
    setInterval(ask, EVERY)
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && ask())
  } catch {
    // The worker was kept out (a certificate that is not trusted, no network yet): the page works while the network does.
  }
}

/** Takes the new version: the page is loaded again as soon as it is in force. */
export function takeVersion(): void {
  isTaken = true
  waiting.value?.postMessage({ type: 'SKIP_WAITING' })
}
