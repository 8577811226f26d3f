// Fails the build when a page's first load costs more JavaScript (gzip) than it may.
// First load is the entry and everything it imports statically; what is imported dynamically is a route.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const budgets = {
  field: { pages: { 'index.html': 30, 'tablet.html': 45, 'screen.html': 45 } },
  console: { pages: { 'index.html': 60 }, route: 150 },
}

/**
 * One row per page, and per route where routes have a budget: what it is, its size and its limit in kilobytes.
 * A script that both a page and its route load counts for the page alone.
 */
export function measure(manifest, { pages, route }, bytesOf) {
  const rows = []
  for (const [page, limit] of Object.entries(pages)) {
    if (!manifest[page]) throw new Error(`budget: there is no page ${page}`)
    const first = loadedBy(manifest, page)
    rows.push({ what: page, size: kilobytes(first), limit })
    if (!route) continue
    for (const [key, chunk] of Object.entries(manifest)) {
      if (!chunk.isDynamicEntry) continue
      const extra = new Set([...loadedBy(manifest, key)].filter((file) => !first.has(file)))
      rows.push({ what: `${page} → ${key}`, size: kilobytes(extra), limit: route })
    }
  }
  return rows

  function kilobytes(files) {
    return [...files].reduce((sum, file) => sum + bytesOf(file), 0) / 1024
  }
}

/** The scripts that loading this entry brings with it, itself included. */
function loadedBy(manifest, key, seen = new Set(), files = new Set()) {
  if (seen.has(key)) return files
  seen.add(key)
  const chunk = manifest[key]
  if (chunk.file.endsWith('.js')) files.add(chunk.file)
  for (const next of chunk.imports ?? []) loadedBy(manifest, next, seen, files)
  return files
}

function main(build) {
  if (!(build in budgets)) {
    console.error(`usage: node budget.mjs ${Object.keys(budgets).join('|')}`)
    return 2
  }
  const dist = new URL(`./dist/${build}/`, import.meta.url)
  const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))
  const rows = measure(
    manifest,
    budgets[build],
    (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length,
  )
  for (const { what, size, limit } of rows) {
    console.log(
      `${size > limit ? 'OVER' : 'ok  '} ${size.toFixed(1).padStart(6)} KB of ${String(limit).padStart(3)} KB  ${what}`,
    )
  }
  const over = rows.filter((row) => row.size > row.limit).length
  if (over > 0) console.error(`budget: ${over} over; import dynamically what is not needed at first sight`)
  return over > 0 ? 1 : 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(main(process.argv[2]))
