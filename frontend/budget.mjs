// Fails the build when what a page loads before it can be used costs more JavaScript (gzip) than it may.
// That is the entry with everything it imports statically, and the parts that a first view fetches besides.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

// Every part that a page imports dynamically is named here: under the first view that needs it, or as later.
const budgets = {
  field: {
    'board.json': {
      'index.html': {
        limit: 30,
        views: { 'list and event': [] },
        later: ['src/board/event/OwnForm.vue', 'src/board/lists/lists.ts'],
      },
    },
    'manifest.json': {
      'tablet.html': {
        limit: 45,
        views: { works: ['src/tablet/works/WorkList.vue'], pairing: ['src/tablet/pair/PairPage.vue'] },
        later: [
          'src/tablet/BackList.vue',
          'src/tablet/call/CallDialog.vue',
          'src/tablet/call/calls.ts',
          'src/tablet/SettingsPanel.vue',
          'src/tablet/check/CheckPage.vue',
          'src/tablet/floor/FloorGrid.vue',
          'src/tablet/AppBanner.vue',
          'src/tablet/StageNotice.vue',
          'src/tablet/pair/PairDialog.vue',
          'src/tablet/sheet/WorkSheet.vue',
          'src/tablet/sign/SignBar.vue',
          'src/tablet/sign/SignPage.vue',
          'src/tablet/sheet/AspectSheet.vue',
          'src/tablet/works/AspectList.vue',
          'src/tablet/works/FloorState.vue',
          'src/tablet/works/ConfirmLabel.vue',
          'src/tablet/photo/carry.ts',
          'src/tablet/outbox/courier.ts',
          'src/tablet/outbox/restore.ts',
          'node_modules/qr/decode.js',
        ],
      },
      'register.html': {
        limit: 45,
        views: { 'calls and form': [], receipt: ['src/register/ReceiptPage.vue'], own: ['src/register/OwnPage.vue'] },
        later: ['../schemas/errors.json'],
      },
      'notices.html': { limit: 45, views: { notices: [] }, later: [] },
      'screen.html': {
        limit: 45,
        views: { wall: [], chooser: ['src/screen/ScreenChooser.vue'] },
        later: [],
      },
    },
  },
  console: { 'manifest.json': { 'index.html': { limit: 60, routes: 150 } } },
}

/**
 * One row per first view, and per route where routes have a limit of their own: what it is, its size and its limit in
 * kilobytes. A script that both a page and its route load counts for the page alone.
 */
export function measure(manifest, pages, bytesOf) {
  const rows = []
  for (const [page, { limit, views = { entry: [] }, later = [], routes }] of Object.entries(pages)) {
    const first = loadedBy(manifest, page)
    for (const [view, parts] of Object.entries(views)) {
      const all = new Set([first, ...parts.map((part) => loadedBy(manifest, part))].flatMap((files) => [...files]))
      rows.push({ what: `${page}: ${view}`, size: kilobytes(all), limit })
    }
    const named = [...Object.values(views).flat(), ...later]
    for (const part of partsOf(manifest, page)) {
      if (routes) {
        const extra = new Set([...loadedBy(manifest, part)].filter((file) => !first.has(file)))
        rows.push({ what: `${page} → ${part}`, size: kilobytes(extra), limit: routes })
      } else if (!named.some((name) => keyOf(manifest, name) === part)) {
        throw new Error(`budget: does the first view of ${page} load ${part}, or is it for later? Name it.`)
      }
    }
  }
  return rows

  function kilobytes(files) {
    return [...files].reduce((sum, file) => sum + bytesOf(file), 0) / 1024
  }
}

/**
 * The manifest's key of a part. A part that others import statically as well is not listed by its source, but as a
 * shared chunk of its name.
 */
function keyOf(manifest, part) {
  if (manifest[part]) return part
  const name = part.replace(/^.*\//, '').replace(/\.\w+$/, '')
  return Object.keys(manifest).find((key) => key.startsWith('_') && manifest[key].name === name) ?? part
}

/** The scripts that loading this entry brings with it, itself included. */
function loadedBy(manifest, key, seen = new Set(), files = new Set()) {
  if (seen.has(key)) return files
  seen.add(key)
  const chunk = manifest[keyOf(manifest, key)]
  if (!chunk) throw new Error(`budget: there is no ${key}`)
  for (const file of [chunk.file, ...(chunk.assets ?? [])]) if (file.endsWith('.js')) files.add(file)
  for (const next of chunk.imports ?? []) loadedBy(manifest, next, seen, files)
  return files
}

/** Everything that a page may import dynamically, now or later. */
function partsOf(manifest, key, seen = new Set(), parts = new Set()) {
  if (seen.has(key)) return parts
  seen.add(key)
  const { imports = [], dynamicImports = [] } = manifest[key]
  for (const part of dynamicImports) parts.add(part)
  for (const next of [...imports, ...dynamicImports]) partsOf(manifest, next, seen, parts)
  return parts
}

function main(build) {
  if (!(build in budgets)) {
    console.error(`usage: node budget.mjs ${Object.keys(budgets).join('|')}`)
    return 2
  }
  const dist = new URL(`./dist/${build}/`, import.meta.url)
  const bytesOf = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length
  const rows = Object.entries(budgets[build]).flatMap(([file, pages]) =>
    measure(JSON.parse(readFileSync(new URL(`.vite/${file}`, dist), 'utf8')), pages, bytesOf),
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
