import { createRequire } from 'node:module'

// What a script can see of a page that a judge without his glasses cannot use; both run in the page.

export const axe = createRequire(import.meta.url).resolve('axe-core')

export interface Flaw {
  what: string
  why: string
}

/** Controls below 48 px, text below 18 px, control borders below 3:1, anything wider than the page. */
export function flaws(): Flaw[] {
  const found: Flaw[] = []
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
  const name = (e: Element) => `${e.tagName}.${e.className} "${(e.textContent ?? '').trim().slice(0, 20)}"`
  const shown = (e: Element) => e.checkVisibility({ visibilityProperty: true })
  const rgb = (text: string) => (text.match(/[\d.]+/g) ?? []).map(Number)
  const light = (c: number[]) => {
    const [r = 0, g = 0, b = 0] = c.map((v) =>
      v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ratio = (a: number[], b: number[]) => {
    const [hi = 0, lo = 0] = [light(a), light(b)].sort((x, y) => y - x)
    return (hi + 0.05) / (lo + 0.05)
  }
  const behind = (e: Element | null): number[] => {
    for (let at = e; at; at = at.parentElement) {
      const c = rgb(getComputedStyle(at).backgroundColor)
      if (c.length === 3 || (c[3] ?? 0) > 0) return c
    }
    return [255, 255, 255]
  }

  for (const e of document.querySelectorAll('button,textarea,input,a[href]')) {
    if (!shown(e)) continue
    const { width, height } = e.getBoundingClientRect()
    if (width < 47.5 || height < 47.5) found.push({ what: name(e), why: `${width} × ${height} px` })
    const style = getComputedStyle(e)
    const border = rgb(style.borderTopColor)
    const bare = parseFloat(style.borderTopWidth) === 0 || border[3] === 0
    // A button without a border of its own is told by its icon or words: the quiet tools, and the parts of the list.
    if (!bare && !e.matches('.sub') && ratio(border, behind(e.parentElement)) < 3) {
      found.push({ what: name(e), why: `border ${ratio(border, behind(e.parentElement)).toFixed(2)}:1` })
    }
  }
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent?.trim())
    if (!own || !shown(e) || e.closest('.only-heard')) continue
    const size = parseFloat(getComputedStyle(e).fontSize)
    if (size < 1.125 * rem - 0.1) found.push({ what: name(e), why: `${size} px text` })
  }
  for (const e of document.querySelectorAll('.app, .app main, .dialog, .dialog .inside, .bar, .foot-bar')) {
    if (e.scrollWidth > e.clientWidth + 1) found.push({ what: name(e), why: `${e.scrollWidth} in ${e.clientWidth} px` })
  }
  return found
}

/** The violations that axe finds on the page as it is; its script must have been added. */
export async function violations(): Promise<string[]> {
  const found = await (
    window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
  ).axe.run()
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)
}
