import { computed, shallowRef } from 'vue'
import { baseLocale, isLocale, locales, overwriteGetLocale, type Locale } from '@/paraglide/runtime'

const STORE_KEY = 'jiangtai.locale'

/** The languages the interface speaks, the base language first. */
export const languages: readonly Locale[] = locales

/** How each language calls itself; never translated. */
export const languageNames: Record<Locale, string> = { 'zh-CN': '中文', en: 'English' }

const current = shallowRef<Locale>(preferred())

/** The language in force. Messages read it, so a template re-renders when it changes. */
export const locale = computed(() => current.value)

// Its setLocale stays unused: it reloads the page, and a judge in the middle of a sheet must not be thrown out of it.
overwriteGetLocale(() => current.value)

/** Switches the interface to another language at once and remembers it on this device. */
export function speak(next: Locale): void {
  current.value = next
  write(next)
  document.documentElement.lang = next
}

/** Marks the document with the language in force; called once by each page's main.ts. */
export function startLocale(): void {
  document.documentElement.lang = current.value
}

function preferred(): Locale {
  const asked = new URLSearchParams(globalThis.location?.search ?? '').get('lang')
  if (isLocale(asked)) return asked
  const kept = read()
  if (isLocale(kept)) return kept
  for (const tag of globalThis.navigator?.languages ?? []) {
    const match = locales.find((l) => l.split('-')[0] === tag.split('-')[0])
    if (match) return match
  }
  return baseLocale
}

// Storage throws where cookies are blocked; the language is then the browser's own for this visit.
function read(): string | null {
  try {
    return localStorage.getItem(STORE_KEY)
  } catch {
    return null
  }
}

function write(next: Locale): void {
  try {
    localStorage.setItem(STORE_KEY, next)
  } catch {
    // nothing to keep it in
  }
}
