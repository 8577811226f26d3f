import { defineConfig } from 'vite'
import { alias, build, define, home, plugins, server } from './vite.shared.ts'

// The organisers' console.
export default defineConfig({
  root: `${home}console`,
  base: '/console/',
  publicDir: `${home}public`,
  define,
  resolve: { alias },
  server,
  plugins: [plugins()],
  build: {
    ...build,
    outDir: `${home}dist/console`,
    copyPublicDir: false, // the field build serves /icon.svg
  },
})
