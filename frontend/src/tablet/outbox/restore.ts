import { CACHE, copy, uncopy, type Row } from './second'
import type { Database, Item, Kept } from './store'

const NEWLINE = 10
const KEPT = ['session', 'bundle', 'confirmed', 'signatures', 'calls'] as const satisfies readonly (keyof Kept)[]

/**
 * Fills a database that was thrown away from its second copy; resolves with how many marks came back. They are sent
 * again: the server knows those that it has by their ids.
 */
export async function restore(db: Database): Promise<number> {
  const rows = await copied()
  if (!rows.some((r) => r.in === 'kept' && r.key === 'session')) return 0
  const items = rows.flatMap((r) => (r.in === 'marks' ? [again(r.value)] : []))
  const tx = db.transaction(['kept', 'marks', 'photos'], 'readwrite', { durability: 'strict' })
  const kept = tx.objectStore('kept')
  for (const row of rows) {
    if (row.in === 'kept') await kept.put(row.value, row.key)
    if (row.in === 'photos') await tx.objectStore('photos').put(row.value)
  }
  for (const item of items) await tx.objectStore('marks').put(item)
  for (const [key, n] of counters(items)) await kept.put(n, key)
  await tx.done
  return items.length
}

/** Makes the copy hold again what it should: all that the server does not have yet, and nothing that it has. */
export async function tidy(db: Database): Promise<void> {
  const there = new Set(await keys())
  const all: Row[] = [
    ...(await db.getAll('marks')).map((value) => ({ in: 'marks', key: value.mark_id, value }) as const),
    ...(await db.getAll('photos')).map((value) => ({ in: 'photos', key: value.id, value }) as const),
  ]
  const isDone = ({ value, in: where }: Row) =>
    where === 'marks' ? (value as Item).covered === true : (value as { state?: string }).state === 'accepted'
  for (const key of KEPT) {
    const value: unknown = await db.get('kept', key)
    if (value !== undefined) all.push({ in: 'kept', key, value })
  }
  const name = (r: Row) => `${r.in}/${r.key}`
  await copy(...all.filter((r) => !there.has(name(r)) && (r.in === 'kept' || !isDone(r))))
  await uncopy(...all.filter((r) => there.has(name(r)) && r.in !== 'kept' && isDone(r)))
}

// Handed out or not is no longer known: content that may have arrived must not change.
const again = (item: Item): Item => ({ ...item, state: 'pending', tries: Math.max(1, item.tries) })

function counters(items: readonly Item[]): Map<string, number> {
  const found = new Map<string, number>()
  const reach = (key: string, n: number) => found.set(key, Math.max(n, found.get(key) ?? 0))
  for (const i of items) {
    reach('order', i.order)
    reach(`seq/${i.device}`, i.device_seq)
  }
  return found
}

async function keys(): Promise<string[]> {
  try {
    const all = await (await caches.open(CACHE)).keys()
    return all.map((r) => decodeURIComponent(new URL(r.url).pathname.split('/').slice(3).join('/')))
  } catch {
    return []
  }
}

async function copied(): Promise<Row[]> {
  const rows: Row[] = []
  try {
    const cache = await caches.open(CACHE)
    for (const request of await cache.keys()) {
      const row = await unpacked(await cache.match(request)).catch(() => null)
      if (row) rows.push(row)
    }
  } catch {
    // no cache: nothing was copied
  }
  return rows
}

async function unpacked(response: Response | undefined): Promise<Row | null> {
  if (!response) return null
  const bytes = new Uint8Array(await response.arrayBuffer())
  const end = bytes.indexOf(NEWLINE)
  const row = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as Row
  if (row.in === 'photos') row.value.jpeg = new Blob([bytes.subarray(end + 1)], { type: 'image/jpeg' })
  return row
}
