import { computed, shallowRef } from 'vue'

const STORE_KEY = 'jiangtai.theme'

export type Theme = 'auto' | 'light' | 'dark'
export const themes: readonly Theme[] = ['auto', 'light', 'dark']

const chosen = shallowRef<Theme>(kept())
const night = globalThis.matchMedia?.('(prefers-color-scheme: dark)')

/** What was chosen; "auto" follows the device. */
export const theme = computed(() => chosen.value)

/** Chooses light, dark or the device's own, at once, and remembers it on this device. */
export function paint(next: Theme): void {
  chosen.value = next
  try {
    localStorage.setItem(STORE_KEY, next)
  } catch {
    // storage is blocked: the choice holds for this visit
  }
  apply()
}

/** Puts the theme on the document; called once by each page's main.ts. */
export function startTheme(): void {
  night?.addEventListener('change', apply)
  apply()
}

function apply(): void {
  const dark = chosen.value === 'dark' || (chosen.value === 'auto' && night?.matches === true)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
}

function kept(): Theme {
  const asked = new URLSearchParams(globalThis.location?.search ?? '').get('theme')
  if (isTheme(asked)) return asked
  try {
    const value = localStorage.getItem(STORE_KEY)
    return isTheme(value) ? value : 'auto'
  } catch {
    return 'auto'
  }
}

function isTheme(value: string | null): value is Theme {
  return value === 'auto' || value === 'light' || value === 'dark'
}
