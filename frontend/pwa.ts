import type { Plugin, Rolldown } from 'vite'
import type { ManifestTransform } from 'workbox-build'

/**
 * Limits the tablet's offline cache to what the tablet needs: its page, and every script, style and font that the
 * page can reach. The board and the screen are in the same build and must not cost the tablet's storage.
 */
export function tabletGraph(): { plugin: Plugin; only: ManifestTransform } {
  const reach = new Set<string>(['tablet.html', 'tablet.webmanifest', 'icon.svg'])

  const plugin: Plugin = {
    name: 'tablet-graph',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const entry = Object.values(bundle).find((c) => c.type === 'chunk' && c.isEntry && c.name === 'tablet')
      if (entry?.type !== 'chunk') this.error('the field build has no entry called tablet')
      collect(entry, bundle, reach)
    },
  }

  const only: ManifestTransform = (entries) => ({
    manifest: entries
      .filter((e) => reach.has(e.url))
      // the server answers the page at /tablet, not under its file name
      .map((e) => (e.url === 'tablet.html' ? { ...e, url: '/tablet' } : e)),
    warnings:
      reach.size < 5 ? ['the tablet reaches almost nothing: is the graph read before the chunks are named?'] : [],
  })

  return { plugin, only }
}

function collect(chunk: Rolldown.OutputChunk, bundle: Rolldown.OutputBundle, reach: Set<string>): void {
  if (reach.has(chunk.fileName)) return
  reach.add(chunk.fileName)
  for (const file of [...(chunk.viteMetadata?.importedCss ?? []), ...(chunk.viteMetadata?.importedAssets ?? [])]) {
    reach.add(file)
  }
  for (const next of [...chunk.imports, ...chunk.dynamicImports]) {
    const found = bundle[next]
    if (found?.type === 'chunk') collect(found, bundle, reach)
  }
}
