import type { Check, State } from '@/shared/checks'
import { ask } from '@/shared/http'
import { median, spell, spellBytes, type Line } from './line'

const MB = 1_000_000

/** A line of one check. */
export const say = (check: Check, state: State, detail = ''): Line => ({ check, state, detail })

export function secure(): Line {
  return say('secure', isSecureContext ? 'ok' : 'fail', location.protocol.replace(':', ''))
}

const STORE = 'jiangtai-check'

function opened(name: string): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore('writes')
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error)
    request.onblocked = () => failed(new Error('blocked'))
  })
}

/** Writes one value and resolves when the browser says that it is on the disk. */
function write(db: IDBDatabase, key: string, value: unknown): Promise<void> {
  return new Promise((done, failed) => {
    const tx = db.transaction('writes', 'readwrite', { durability: 'strict' })
    tx.objectStore('writes').put(value, key)
    tx.oncomplete = () => done()
    tx.onabort = () => failed(tx.error)
    tx.onerror = () => failed(tx.error)
  })
}

/** Each has a store of its own, which is gone afterwards: two that run at once do not wait for each other. */
async function within<T>(name: string, work: (db: IDBDatabase) => Promise<T>): Promise<T> {
  const db = await opened(name)
  try {
    return await work(db)
  } finally {
    db.close()
    await new Promise<void>((done) => {
      const request = indexedDB.deleteDatabase(name)
      request.onsuccess = request.onerror = request.onblocked = () => done()
    })
  }
}

/** A mark is a small write that must be on the disk before it shows as saved: the same, timed, in a store of its own. */
export async function storage(): Promise<Line> {
  try {
    const times = await within(STORE, async (db) => {
      const list: number[] = []
      for (let i = 0; i < 7; i++) {
        const from = performance.now()
        await write(db, `write ${i}`, { value: 'x'.repeat(600), at: i })
        if (i > 0) list.push(performance.now() - from) // the first one opens files
      }
      return list
    })
    const typical = median(times)
    return say('storage', typical <= 120 ? 'ok' : 'attention', spell(typical))
  } catch {
    return say('storage', 'fail')
  }
}

export async function persist(): Promise<Line> {
  try {
    const promised = (await navigator.storage?.persisted?.()) || (await navigator.storage?.persist?.())
    return say('persist', promised ? 'ok' : 'attention')
  } catch {
    return say('persist', 'attention')
  }
}

/** A day's photos and marks with room to spare; Safari before 17 does not tell, so it is tried. */
export async function quota(): Promise<Line> {
  try {
    const { quota: all = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {}
    if (all > 0) {
      const free = Math.max(0, all - usage)
      return say('quota', free >= 200 * MB ? 'ok' : free >= 50 * MB ? 'attention' : 'fail', spellBytes(free))
    }
    await within(`${STORE}-room`, (db) => write(db, 'room', new Blob([new Uint8Array(20 * MB)])))
    return say('quota', 'ok', `> ${spellBytes(20 * MB)}`)
  } catch {
    return say('quota', 'fail', `< ${spellBytes(20 * MB)}`)
  }
}

const settled = <T>(work: Promise<T>, ms: number): Promise<T | null> =>
  Promise.race([work.catch(() => null), new Promise<null>((done) => setTimeout(() => done(null), ms))])

/** The tablet's program lies on this device, and a worker that gives it out is in force. */
export async function offline(patience = 15_000): Promise<Line> {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined
  if (!workers) return say('offline', 'fail')
  const until = performance.now() + patience
  const found = await settled(
    workers.register('/tablet-sw.js', { scope: '/tablet', updateViaCache: 'none' }).then(() => workers.ready),
    patience,
  )
  const alreadyThere = found ?? (await settled(workers.getRegistration('/tablet'), 1000))
  if (!alreadyThere?.active) return say('offline', 'fail')
  do {
    if (await settled(caches.match('/tablet', { ignoreSearch: true }), 2000)) return say('offline', 'ok')
    await new Promise((done) => setTimeout(done, 250))
  } while (performance.now() < until)
  return say('offline', 'fail')
}

/** What the exchanges with the server told: how long they took, and its clock against ours. */
export interface Exchange {
  /** Milliseconds there and back; empty when it did not answer. */
  trips: number[]
  /** Ours minus the server's, in milliseconds; null when it did not say. */
  ahead: number | null
}

export async function exchange(times = 5): Promise<Exchange> {
  const found: Exchange = { trips: [], ahead: null }
  for (let i = 0; i < times; i++) {
    const from = performance.now()
    const answer = await ask<{ status: string }>('GET', '/healthz', { credentials: 'omit', timeout: 4000 })
    if (answer.kind !== 'ok' || answer.data?.status !== 'ok') break
    if (i > 0 || times === 1) found.trips.push(performance.now() - from) // the first one opens the connection
  }
  if (found.trips.length === 0) return found
  try {
    const from = Date.now()
    const response = await fetch('/healthz', { cache: 'no-store', credentials: 'omit' })
    const date = Date.parse(response.headers.get('Date') ?? '')
    // The header has whole seconds and was written some time on the way.
    if (date > 0) found.ahead = (from + Date.now()) / 2 - (date + 500)
  } catch {
    // it has just answered; its time is not that important
  }
  return found
}

export function server(e: Exchange): Line {
  if (e.trips.length === 0) return say('server', 'fail')
  const typical = median(e.trips)
  return say('server', typical <= 500 ? 'ok' : 'attention', spell(typical))
}

/** Shown, never relied on: two seconds are the header's own coarseness. */
export function clock(e: Exchange): Line {
  if (e.ahead === null) return say('clock', 'untold')
  return say('clock', Math.abs(e.ahead) <= 5 * 60_000 ? 'ok' : 'attention', spell(e.ahead, true))
}

/** What the tablet's program is built on, each tried rather than read from the browser's name. */
export function lacking(has: Record<string, boolean> = features()): string[] {
  return Object.keys(has).filter((name) => !has[name])
}

function features(): Record<string, boolean> {
  return {
    IndexedDB: typeof indexedDB === 'object',
    randomUUID: typeof crypto.randomUUID === 'function' || !isSecureContext, // told by its own line
    'crypto.subtle': typeof crypto.subtle === 'object' || !isSecureContext,
    locks: typeof navigator.locks === 'object' || !isSecureContext,
    'Array.at': typeof Array.prototype.at === 'function',
    structuredClone: typeof structuredClone === 'function',
    dialog: typeof HTMLDialogElement === 'function',
    'CSS inset': CSS.supports('inset', '0'),
    'CSS :is': CSS.supports('selector(:is(a))'),
  }
}

export function browser(): Line {
  const missing = lacking()
  if (missing.length > 0) return say('browser', 'fail', missing.join(', ').slice(0, 60))
  const strict = typeof IDBTransaction === 'function' && 'durability' in IDBTransaction.prototype
  return say('browser', strict ? 'ok' : 'attention', nameOf(navigator.userAgent))
}

/** The browser's name and number for people; nothing is decided by it. */
export function nameOf(agent: string): string {
  for (const [form, name] of [
    [/EdgA?\/(\d+)/, 'Edge'],
    [/HuaweiBrowser\/(\d+)/, 'Huawei'],
    [/Firefox\/(\d+)/, 'Firefox'],
    [/Chrome\/(\d+)/, 'Chrome'],
    [/Version\/(\d+(?:\.\d+)?).*Safari/, 'Safari'],
  ] as [RegExp, string][]) {
    const found = form.exec(agent)
    if (found) return `${name} ${found[1]}`
  }
  return '?'
}

export function screenSize(): Line {
  const { innerWidth: width, innerHeight: height } = window
  const enough = Math.min(width, height) >= 600 && Math.max(width, height) >= 960
  return say('screen', enough ? 'ok' : 'attention', `${width} × ${height}`)
}

export function touch(): Line {
  const hand = navigator.maxTouchPoints > 0 || matchMedia('(any-pointer: coarse)').matches
  return say('touch', hand ? 'ok' : 'attention')
}

interface Battery {
  level: number
  charging: boolean
}

export async function battery(): Promise<Line> {
  const tell = (navigator as { getBattery?: () => Promise<Battery> }).getBattery
  const now = tell ? await settled(tell.call(navigator), 2000) : null
  if (!now) return say('battery', 'untold')
  const detail = `${Math.round(now.level * 100)}%`
  if (now.charging) return { ...say('battery', 'ok', detail), way: 'charging' }
  return say('battery', now.level >= 0.5 ? 'ok' : now.level >= 0.2 ? 'attention' : 'fail', detail)
}

/** Asks for the camera, looks whether a picture comes, and lets it go at once. */
export async function camera(): Promise<Line> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
    const { width = 0, height = 0 } = stream.getVideoTracks()[0]?.getSettings() ?? {}
    stream.getTracks().forEach((track) => track.stop())
    return say('camera', 'ok', `${width} × ${height}`)
  } catch {
    return say('camera', 'attention')
  }
}

/** Runs all but the camera, which asks people something, and tells of each as it is found. */
export async function runAll(found: (line: Line) => void): Promise<void> {
  const tell = async (line: Line | Promise<Line>) => found(await line)
  await Promise.all([
    tell(secure()),
    tell(browser()),
    tell(screenSize()),
    tell(touch()),
    tell(battery()),
    tell(persist().then((line) => (found(line), quota()))),
    tell(storage()),
    exchange().then(async (e) => {
      found(server(e))
      found(clock(e))
      // Only now: a network that fetches the program at the same time answers late.
      await tell(offline())
    }),
  ])
}
