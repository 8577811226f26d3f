// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { measure } from './budget.mjs'
import { tabletGraph } from './pwa.ts'

describe('the budget of a first load', () => {
  const manifest = {
    'index.html': { file: 'assets/index.js', imports: ['_vue.js'], dynamicImports: ['src/late.ts'] },
    'src/late.ts': { file: 'assets/late.js', imports: ['_vue.js', '_chart.js'], isDynamicEntry: true },
    '_vue.js': { file: 'assets/vue.js', imports: ['index.html'] },
    '_chart.js': { file: 'assets/chart.js' },
    'style.css': { file: 'assets/style.css' },
  }
  const sizes: Record<string, number> = {
    'assets/index.js': 1024,
    'assets/vue.js': 20 * 1024,
    'assets/late.js': 2048,
    'assets/chart.js': 100 * 1024,
    'assets/style.css': 1e9,
  }
  const bytesOf = (file: string) => sizes[file] ?? 0

  it('counts what the page imports statically, each script once, no styles', () => {
    expect(measure(manifest, { pages: { 'index.html': 30 } }, bytesOf)).toEqual([
      { what: 'index.html', size: 21, limit: 30 },
    ])
  })

  it('counts for a route what the page has not loaded yet', () => {
    expect(measure(manifest, { pages: { 'index.html': 30 }, route: 150 }, bytesOf)[1]).toEqual({
      what: 'index.html → src/late.ts',
      size: 102,
      limit: 150,
    })
  })

  it('refuses to measure a page that was not built', () => {
    expect(() => measure(manifest, { pages: { 'tablet.html': 45 } }, bytesOf)).toThrow('no page tablet.html')
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
