import { defineConfig, type Plugin } from 'vite'
import { alias, build, define, home, plugins } from './vite.shared.ts'

// A part that is fetched later has no styles and no parts of its own: Vite's helper, which would fetch those too, costs
// every spectator half a kilobyte and is left out.
const plainImport: Plugin = {
  name: 'plain-import',
  enforce: 'pre',
  load: (id) => (id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load()' : null),
}

// The spectators' page, built alone: beside the tablet it would carry what only the tablet uses of Vue, 4 KB. Its files
// join those of the field build, which has to come first because it empties the folder.
export default defineConfig({
  root: home,
  base: '/',
  define,
  resolve: { alias },
  plugins: [plainImport, plugins()],
  build: {
    ...build,
    outDir: `${home}dist/field`,
    emptyOutDir: false,
    copyPublicDir: false, // the field build did
    manifest: '.vite/board.json',
    rolldownOptions: { input: { board: `${home}index.html` } },
  },
})
