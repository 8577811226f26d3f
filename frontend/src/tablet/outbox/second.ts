import type { Item, Kept, Photo } from './store'

/**
 * 副本: a second copy of what only this tablet has, in files of the browser's cache. A database that was torn in the
 * middle of a write, by a battery or by the system, may be thrown away whole when it is next opened (Chromium does so:
 * one kill in some 150 cost everything, flushed marks and the chair with them). The copy shares no file with it, and
 * each row is a file of its own, so that a torn one costs itself only; see restore.
 */
export type Row =
  | { in: 'marks'; key: string; value: Item }
  | { in: 'photos'; key: string; value: Photo }
  | { in: 'kept'; key: keyof Kept; value: unknown }

export const CACHE = 'jiangtai-tablet-copy'
const address = (row: Pick<Row, 'in' | 'key'>) => `/tablet/copy/${row.in}/${encodeURIComponent(row.key)}`

/** Writes rows as they are in the database now. What cannot be copied is in the database all the same. */
export async function copy(...rows: Row[]): Promise<void> {
  await quietly(async (cache) => {
    await Promise.all(rows.map((row) => cache.put(address(row), new Response(packed(row)))))
  })
}

export const copyMarks = (items: readonly Item[]) =>
  copy(...items.map((value) => ({ in: 'marks', key: value.mark_id, value }) as const))

/** Takes rows out of the copy: the chair was given up, or the server has them. */
export async function uncopy(...rows: Pick<Row, 'in' | 'key'>[]): Promise<void> {
  await quietly(async (cache) => {
    await Promise.all(rows.map((row) => cache.delete(address(row))))
  })
}

async function quietly(work: (cache: Cache) => Promise<void>): Promise<void> {
  try {
    await work(await caches.open(CACHE))
  } catch {
    // no cache, or none that takes anything: the database has it
  }
}

// One line of JSON, then the picture of a photo.
function packed(row: Row): Blob {
  if (row.in !== 'photos') return new Blob([JSON.stringify(row), '\n'])
  const { jpeg, ...value } = row.value
  return new Blob([JSON.stringify({ ...row, value }), '\n', jpeg])
}
