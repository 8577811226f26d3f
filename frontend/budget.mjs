// Fails the build when a page's first load costs more JavaScript (gzip) than it may.
// First load is the entry and everything it imports statically; what is imported dynamically is a route.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const KB = 1024
const limits = {
  field: { 'index.html': 30, 'tablet.html': 45, 'screen.html': 45 },
  console: { 'index.html': 60 },
}
const routeLimit = { console: 150 }

const build = process.argv[2]
if (!(build in limits)) {
  console.error(`usage: node budget.mjs ${Object.keys(limits).join('|')}`)
  process.exit(2)
}

const dist = new URL(`./dist/${build}/`, import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))

/** Everything that loading this key brings with it, itself included. */
function loaded(key, into = new Set()) {
  if (into.has(key)) return into
  into.add(key)
  for (const next of manifest[key].imports ?? []) loaded(next, into)
  return into
}

function kilobytes(keys) {
  const files = new Set([...keys].map((k) => manifest[k].file).filter((f) => f.endsWith('.js')))
  let sum = 0
  for (const file of files) sum += gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length
  return sum / KB
}

const rows = []
for (const [page, limit] of Object.entries(limits[build])) {
  if (!manifest[page]) throw new Error(`budget: the ${build} build has no page ${page}`)
  const first = loaded(page)
  rows.push({ what: page, size: kilobytes(first), limit })
  const limitOfRoute = routeLimit[build]
  if (!limitOfRoute) continue
  for (const [key, chunk] of Object.entries(manifest)) {
    if (!chunk.isDynamicEntry) continue
    const extra = [...loaded(key)].filter((k) => !first.has(k))
    rows.push({ what: `${page} → ${key}`, size: kilobytes(extra), limit: limitOfRoute })
  }
}

let over = 0
for (const { what, size, limit } of rows) {
  const bad = size > limit
  if (bad) over++
  console.log(
    `${bad ? 'OVER ' : 'ok   '} ${size.toFixed(1).padStart(6)} KB of ${String(limit).padStart(3)} KB  ${what}`,
  )
}
if (over > 0) {
  console.error(`budget: ${over} over their budget; import what is not needed at first sight dynamically`)
  process.exit(1)
}
