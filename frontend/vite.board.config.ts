import { defineConfig } from 'vite'
import { alias, build, define, home, plugins } from './vite.shared.ts'

// The spectators' page, built alone: beside the tablet it would carry what only the tablet uses of Vue, 4 KB. Its files
// join those of the field build, which has to come first because it empties the folder.
export default defineConfig({
  root: home,
  base: '/',
  define,
  resolve: { alias },
  plugins: [plugins()],
  build: {
    ...build,
    outDir: `${home}dist/field`,
    emptyOutDir: false,
    copyPublicDir: false, // the field build did
    manifest: '.vite/board.json',
    rolldownOptions: { input: { board: `${home}index.html` } },
  },
})
