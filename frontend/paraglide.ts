import type { Plugin } from 'vite'

const MESSAGE = /\/src\/paraglide\/messages\/(?!_index)[^/]+\.js$/
const RUNTIME = /\/src\/paraglide\/runtime\.js$/

const SAYING = /const (\w+) = \/\*\*[^*]*\*\/ \((i?)\) => \{\n\treturn \/\*\*[^*]*\*\/ \((`(?:[^`\\]|\\.)*`)\)\n\};/g
const EXPORT = /export const (\w+) = \/\*\*/
const OTHER = /\tif \(locale === ("[^"]+")\) return (\w+)\(inputs\)\n/g
const BASE = /\n\treturn (\w+)\(inputs\)\n\}\);\s*$/
const GET_LOCALE = /^export let getLocale = \(\) => \{\n[^]*?\n\};$/m

/**
 * Writes a compiled message as the one function it is: what the compiler lays around it (a function a language, a
 * language for this call alone, languages fixed at build time) nobody here uses, and every message pays for it.
 * Null for a message that is not of one text a language: it stays as it was compiled.
 */
export function plainMessage(code: string): string | null {
  const texts = new Map<string, string>()
  let asks = false
  for (const [, name = '', input, text = ''] of code.matchAll(SAYING)) {
    texts.set(name, text.replaceAll('${i?.', '${i.'))
    asks ||= input === 'i'
  }
  const base = texts.get(BASE.exec(code)?.[1] ?? '')
  const name = EXPORT.exec(code)?.[1]
  if (!base || !name) return null
  let said = ''
  for (const [, locale, of = ''] of code.matchAll(OTHER)) {
    const text = texts.get(of)
    if (!text) return null
    said += `getLocale() === ${locale} ? ${text} : `
  }
  return `import { getLocale } from '../runtime.js'\nexport const ${name} = (${asks ? 'i' : ''}) => ${said}${base}\n`
}

/** The runtime without its ways of finding a language, which src/shared/locale.ts replaces before anything is said. */
export function plainRuntime(code: string): string {
  if (!GET_LOCALE.test(code)) throw new Error('paraglide: the runtime has no getLocale of the known form')
  return code.replace(GET_LOCALE, 'export let getLocale = () => baseLocale;')
}

/** Makes the messages of a build plain; in development they stay as they are compiled and say the same. */
export function plainMessages(): Plugin {
  return {
    name: 'plain-messages',
    apply: 'build',
    transform(code, id) {
      const plain = MESSAGE.test(id) ? plainMessage(code) : RUNTIME.test(id) ? plainRuntime(code) : null
      return plain === null ? null : { code: plain, map: null }
    },
  }
}
