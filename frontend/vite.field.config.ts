import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { drawnIcons } from './icons.ts'
import { tabletGraph } from './pwa.ts'
import { alias, build, define, home, plugins, server } from './vite.shared.ts'

const graph = tabletGraph()
const withWorks =
  /src\/(tablet\/(TopBar|SyncChip|words|label|floor\/sheets|works\/(list|labelWords|WorkCard))|paraglide\/messages\/(tablet_(seat|settings|not_to_mark|aspects|judge|phase_\w+|sync_\w+|label_\w+|status_\w+)|calls_(call|new_answer))\.js)/

// The pages of the hall, tablet and screen; the board joins them (vite.board.config.ts), and in development it is served
// from here as well. No component library comes in here.
export default defineConfig({
  root: home,
  base: '/',
  define,
  resolve: { alias },
  server,
  plugins: [
    plugins(),
    graph.plugin,
    drawnIcons(),
    VitePWA({
      strategies: 'generateSW',
      registerType: 'prompt', // a new version is offered, never forced while a sheet is open
      injectRegister: null,
      manifest: false, // public/tablet.webmanifest, linked by the tablet's page alone
      filename: 'tablet-sw.js',
      scope: '/tablet',
      workbox: {
        globPatterns: ['tablet.html', 'tablet.webmanifest', 'icon.svg', 'assets/**/*'],
        manifestTransforms: [graph.only],
        navigateFallback: '/tablet',
        navigateFallbackAllowlist: [/^\/tablet(\/|\?|$)/],
        clientsClaim: true, // the first visit is looked after too, not only the next
        cleanupOutdatedCaches: true,
        inlineWorkboxRuntime: true,
        sourcemap: false,
      },
    }),
  ],
  build: {
    ...build,
    // A list of what each part needs stands in the first script; the worker has the parts at hand without it.
    modulePreload: { polyfill: false, resolveDependencies: () => [] },
    outDir: `${home}dist/field`,
    rolldownOptions: {
      input: {
        tablet: `${home}tablet.html`,
        screen: `${home}screen.html`,
        register: `${home}register.html`,
        notices: `${home}notices.html`,
      },
      // What the list of works shares with later parts of the tablet comes with it in one piece, not in a dozen.
      output: {
        codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: 'works', test: withWorks }] },
      },
    },
  },
})
