import { fileURLToPath } from 'node:url'
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import vue from '@vitejs/plugin-vue'
import type { BuildOptions, PluginOption, ServerOptions } from 'vite'
import { plainMessages } from './paraglide.ts'

/** The folder of the front end, whatever the root of a build is. */
export const home = fileURLToPath(new URL('.', import.meta.url))

/** `@/` is src/ everywhere; the second form lets an HTML page outside the root of src name its script. */
export const alias = { '@': `${home}src`, '/src': `${home}src` }

// Vue without the Options API: no component here uses it, and the board pays for every kilobyte.
export const define = {
  __VUE_OPTIONS_API__: 'false',
  __VUE_PROD_DEVTOOLS__: 'false',
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
}

/** Vue and the messages; message-modules so that a page carries only the words it says. */
export function plugins(): PluginOption[] {
  return [
    paraglideVitePlugin({
      project: `${home}project.inlang`,
      outdir: `${home}src/paraglide`,
      outputStructure: 'message-modules',
      isServer: 'false',
      strategy: ['baseLocale'], // src/shared/locale.ts decides; the built-in ones would be dead weight
    }),
    plainMessages(),
    vue(),
  ]
}

/** What both builds have in common: the browser floor of the project and a manifest for the budget. */
export const build: BuildOptions = {
  target: ['chrome100', 'safari15'],
  manifest: true,
  modulePreload: { polyfill: false },
  assetsInlineLimit: 0, // fonts and pictures are files: cached once, and a strict policy needs no data: addresses
  emptyOutDir: true,
}

const backend = process.env.JIANGTAI_HTTP_ADDR ?? '127.0.0.1:8080'

/** In development the pages come from Vite and everything else from a running server. */
export const server: ServerOptions = {
  proxy: {
    '/api': `http://${backend}`,
    '/live': { target: `ws://${backend}`, ws: true },
  },
}
