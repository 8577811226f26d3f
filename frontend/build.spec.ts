// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { measure } from './budget.mjs'
import { drawIcon, icons } from './icons.ts'
import { forms } from './pack.mjs'
import { plainMessage, plainRuntime } from './paraglide.ts'
import { tabletGraph } from './pwa.ts'

describe('the packed forms of a build', () => {
  it('are smaller, and the same once unpacked', () => {
    const body = readFileSync(new URL('./build.spec.ts', import.meta.url))
    const { '.br': br = body, '.gz': gz = body } = forms('assets/a-1.js', body)
    expect(br.length).toBeLessThan(gz.length)
    expect(gz.length).toBeLessThan(body.length / 2)
    expect(brotliDecompressSync(br)).toEqual(body)
    expect(gunzipSync(gz)).toEqual(body)
  })

  it('are not made of what is packed already, or small', () => {
    expect(forms('assets/font.woff2', Buffer.alloc(4096))).toEqual({})
    expect(forms('icon.png', Buffer.alloc(4096))).toEqual({})
    expect(forms('assets/small.js', Buffer.alloc(511))).toEqual({})
  })
})

describe('the budget of a first load', () => {
  const manifest = {
    'index.html': {
      file: 'assets/index.js',
      imports: ['_vue.js'],
      dynamicImports: ['src/list.ts', 'src/late.ts'],
      assets: ['assets/num.woff2', 'assets/worker.js'],
    },
    'src/list.ts': { file: 'assets/list.js', imports: ['_vue.js', '_http.js'] },
    'src/late.ts': { file: 'assets/late.js', imports: ['_vue.js', '_chart.js', '_http.js'] },
    '_vue.js': { file: 'assets/vue.js', imports: ['index.html'] },
    '_http.js': { file: 'assets/http.js' },
    '_chart.js': { file: 'assets/chart.js' },
    'style.css': { file: 'assets/style.css' },
  }
  const sizes: Record<string, number> = {
    'assets/index.js': 768,
    'assets/worker.js': 256,
    'assets/num.woff2': 1e9,
    'assets/vue.js': 20 * 1024,
    'assets/http.js': 4096,
    'assets/list.js': 3072,
    'assets/late.js': 2048,
    'assets/chart.js': 100 * 1024,
    'assets/style.css': 1e9,
  }
  const bytesOf = (file: string) => sizes[file] ?? 0
  const later = ['src/late.ts']

  it('counts the entry and what each first view fetches besides, each script once, workers too, no styles', () => {
    const views = { empty: [], list: ['src/list.ts'], both: ['src/list.ts', 'src/late.ts'] }
    expect(measure(manifest, { 'index.html': { limit: 30, views } }, bytesOf)).toEqual([
      { what: 'index.html: empty', size: 21, limit: 30 },
      { what: 'index.html: list', size: 28, limit: 30 },
      { what: 'index.html: both', size: 130, limit: 30 },
    ])
  })

  it('wants to know of every part whether the first view needs it', () => {
    const forgetful = { 'index.html': { limit: 30, views: { list: [] }, later } }
    expect(() => measure(manifest, forgetful, bytesOf)).toThrow('src/list.ts')
  })

  it('counts for a route what the page has not loaded yet', () => {
    expect(measure(manifest, { 'index.html': { limit: 30, routes: 150 } }, bytesOf)).toEqual([
      { what: 'index.html: entry', size: 21, limit: 30 },
      { what: 'index.html → src/list.ts', size: 7, limit: 150 },
      { what: 'index.html → src/late.ts', size: 106, limit: 150 },
    ])
  })

  it('knows a part that is shared as well by the name of its chunk', () => {
    const shared = {
      'index.html': { file: 'assets/index.js', dynamicImports: ['_confirm-1a.js'] },
      '_confirm-1a.js': { file: 'assets/vue.js', name: 'confirm' },
    }
    const views = { works: [], asked: ['src/works/confirm.vue'] }
    expect(measure(shared, { 'index.html': { limit: 30, views } }, bytesOf)).toEqual([
      { what: 'index.html: works', size: 0.75, limit: 30 },
      { what: 'index.html: asked', size: 20.75, limit: 30 },
    ])
    expect(() => measure(shared, { 'index.html': { limit: 30, views: { works: [] } } }, bytesOf)).toThrow('_confirm')
  })

  it('refuses to measure a page or a part that was not built', () => {
    expect(() => measure(manifest, { 'tablet.html': { limit: 45 } }, bytesOf)).toThrow('no tablet.html')
    const gone = { 'index.html': { limit: 30, views: { list: ['src/gone.ts'] }, later } }
    expect(() => measure(manifest, gone, bytesOf)).toThrow('no src/gone.ts')
  })
})

describe('the messages of a build', () => {
  const folder = new URL('./src/paraglide/', import.meta.url)
  const compiled = (name: string) => readFileSync(new URL(name, folder), 'utf8')
  const names = readdirSync(new URL('messages/', folder)).filter((name) => /^[a-z].*\.js$/.test(name))

  /** The message as a function of a language, with the runtime it asks replaced by one line. */
  function run(code: string, locale: string): (i?: object) => string {
    const body = code.replace(/^import .*$/m, '').replace(/export const \w+ =/, 'return')
    return (i) => (new Function('getLocale', 'experimentalStaticLocale', body)(() => locale, undefined) as (i: object) => string)(i ?? {}) // prettier-ignore
  }

  it('say in every language what they said as they were compiled', () => {
    const inputs = new Proxy({}, { get: (_, key) => `<${String(key)}>` })
    expect(names.length).toBeGreaterThan(200)
    for (const name of names) {
      const code = compiled(`messages/${name}`)
      const plain = plainMessage(code)
      if (plain === null) expect.unreachable(`${name} is not plain`)
      for (const locale of ['zh-CN', 'en', 'other']) {
        expect(run(plain, locale)(inputs), name).toBe(run(code, locale)(inputs))
      }
    }
  }, 60_000) // there are two thousand of them

  it('leave a message of another form as it is', () => {
    expect(plainMessage('export const some = /** @type {x} */ ((i) => plural(i));')).toBeNull()
  })

  it('ask for the language in force, in the runtime that stays', () => {
    const runtime = plainRuntime(compiled('runtime.js'))
    expect(runtime).toContain('export let getLocale = () => baseLocale;\n')
    expect(runtime).toContain('export const overwriteGetLocale = (fn) => {')
    expect(() => plainRuntime('export const other = 1')).toThrow('getLocale')
  })
})

describe('the tablet’s offline cache', () => {
  const chunk = (name: string, fileName: string, extra = {}) => ({
    type: 'chunk',
    name,
    fileName,
    isEntry: name !== 'part',
    imports: [],
    dynamicImports: [],
    ...extra,
  })
  const bundle = Object.fromEntries(
    [
      chunk('tablet', 'assets/tablet.js', {
        imports: ['assets/vue.js'],
        dynamicImports: ['assets/sign.js'],
        viteMetadata: { importedCss: new Set(['assets/tablet.css']), importedAssets: new Set(['assets/num.woff2']) },
      }),
      chunk('part', 'assets/vue.js', { imports: ['assets/tablet.js'] }),
      chunk('part', 'assets/sign.js'),
      chunk('board', 'assets/board.js', { imports: ['assets/vue.js'] }),
    ].map((c) => [c.fileName, c]),
  )
  const entry = (url: string) => ({ url, revision: null, size: 1 })

  function keep(urls: string[], of = bundle) {
    const graph = tabletGraph()
    const fail = { error: (why: string) => expect.unreachable(why) }
    ;(graph.plugin.generateBundle as unknown as (this: typeof fail, o: unknown, b: unknown) => void).call(fail, {}, of)
    return graph.only(urls.map(entry), undefined)
  }

  it('holds the page under the address at which it is served, and everything it can reach', async () => {
    const { manifest } = await keep([
      'tablet.html',
      ...Object.keys(bundle),
      'assets/tablet.css',
      'assets/num.woff2',
      'icon.svg',
    ])
    expect(manifest.map((e) => e.url)).toEqual([
      '/tablet',
      'assets/tablet.js',
      'assets/vue.js',
      'assets/sign.js',
      'assets/tablet.css',
      'assets/num.woff2',
      'icon.svg',
    ])
  })

  it('holds nothing of the other pages', async () => {
    const { manifest } = await keep(['index.html', 'screen.html', 'assets/board.js', 'assets/board.css'])
    expect(manifest).toEqual([])
  })
})

describe('the drawn icons', () => {
  /** The dots of a PNG as it is drawn here: eight bits, four channels, no filter. */
  function dots(png: Buffer): { size: number; at: (x: number, y: number) => number[] } {
    const size = png.readUInt32BE(16)
    const length = png.readUInt32BE(33)
    const rows = inflateSync(png.subarray(41, 41 + length))
    return { size, at: (x, y) => [...rows.subarray(y * (size * 4 + 1) + 1 + x * 4).subarray(0, 4)] }
  }

  it('are the ones that the tablet’s manifest names, in the sizes it says', () => {
    const { icons: named } = JSON.parse(readFileSync(new URL('./public/tablet.webmanifest', import.meta.url), 'utf8'))
    for (const { src, sizes, type, purpose } of named as Record<string, string>[]) {
      if (type !== 'image/png') continue
      const cut = icons[src?.slice(1) ?? ''] ?? expect.unreachable(`${src} is not drawn`)
      expect(sizes).toBe(`${cut.size}x${cut.size}`)
      expect(purpose).toBe(cut.maskable ? 'maskable' : 'any')
      expect(dots(drawIcon(cut)).size).toBe(cut.size)
    }
  })

  it('have round corners, or fill the square where the system cuts it', () => {
    const [round, full] = [{ size: 64 }, { size: 64, maskable: true }].map((cut) => dots(drawIcon(cut)))
    expect(round?.at(0, 0)[3]).toBe(0)
    expect(full?.at(0, 0)).toEqual([0xf6, 0xf4, 0xef, 255])
    expect(round?.at(24, 20), 'a line of ink').toEqual([0x1d, 0x1b, 0x18, 255])
    expect(round?.at(49, 26), 'the cinnabar line').toEqual([0xa8, 0x23, 0x1c, 255])
  })
})
