/** 秒表: how much it has counted, and since when it runs; both in milliseconds. */
export interface Watch {
  counted: number
  since: number | null
}

const ZERO: Watch = { counted: 0, since: null }

export function countedBy(watch: Watch, now: number): number {
  return watch.counted + (watch.since === null ? 0 : Math.max(0, now - watch.since))
}

/** Starts it, or stops it with what it has. */
export function toggled(watch: Watch, now: number): Watch {
  return watch.since === null ? { ...watch, since: now } : { counted: countedBy(watch, now), since: null }
}

/** Whole seconds, as a value: a begun second does not count. */
export function secondsBy(watch: Watch, now: number): string {
  return String(Math.floor(countedBy(watch, now) / 1000))
}

const STORE = 'jiangtai.watch.'

/** The watch of a place as it was left; it runs on while the page is closed. */
export function recallWatch(place: string): Watch {
  try {
    const found = JSON.parse(localStorage.getItem(STORE + place) ?? 'null') as Partial<Watch> | null
    if (typeof found?.counted !== 'number') return ZERO
    return { counted: found.counted, since: typeof found.since === 'number' ? found.since : null }
  } catch {
    return ZERO
  }
}

/** Keeps it; one that stands at zero leaves nothing behind. */
export function keepWatch(place: string, watch: Watch): void {
  try {
    if (watch.counted === 0 && watch.since === null) localStorage.removeItem(STORE + place)
    else localStorage.setItem(STORE + place, JSON.stringify(watch))
  } catch {
    // the browser keeps nothing there: the watch runs while this page is open
  }
}
