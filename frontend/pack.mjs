// Lays the packed forms of a build beside its files: x.js.br and x.js.gz beside x.js. The server takes them as they
// are, so that a crowd that comes at once waits for no compression, and gets the smallest there is.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const compressible = /\.(js|css|html|svg|json|webmanifest)$/
// The server sends less than this as it is.
const least = 512

/** The packed forms of a file by their ending; none of what would not gain. */
export function forms(name, body) {
  if (!compressible.test(name) || body.length < least) return {}
  const br = brotliCompressSync(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  })
  return { '.br': br, '.gz': gzipSync(body, { level: 9 }) }
}

function main(build) {
  const dist = fileURLToPath(new URL(`./dist/${build}/`, import.meta.url))
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const folder = entry.parentPath ?? entry.path
    if (!entry.isFile() || folder.includes('/.')) continue
    const file = join(folder, entry.name)
    for (const [ending, body] of Object.entries(forms(file, readFileSync(file)))) writeFileSync(file + ending, body)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv[2])
