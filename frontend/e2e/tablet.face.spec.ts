import { createRequire } from 'node:module'
import { expect, test, type Page } from '@playwright/test'
import { card, Hall, openWork, pairUp, toPart } from './tablet.mock'

// What a judge of 58 without his glasses needs of the page: sizes, contrast, nothing that moves or hides.

const axe = createRequire(import.meta.url).resolve('axe-core')
const sizes = [
  { width: 1280, height: 800 },
  { width: 1024, height: 768 },
  { width: 800, height: 1280 },
]

async function start(page: Page, query: string): Promise<void> {
  const hall = new Hall()
  await hall.open(page)
  await pairUp(page, query)
}

/** Walks through what a judge sees, and asks the same of every view. */
async function everywhere(page: Page, ask: (view: string) => Promise<void>): Promise<void> {
  await ask('list')
  await page.locator('.bar').getByRole('button').last().click()
  await page.locator('.choose').first().waitFor()
  await ask('settings')
  await page.keyboard.press('Escape')
  await page.locator('.work').first().click()
  await page.locator('.letters').waitFor()
  await ask('label')
  await page.keyboard.press('Escape')
  await openWork(page, '417A')
  for (let part = 0; part < 6; part++) {
    await toPart(page, part)
    await page.locator('.asp').first().locator('.tools button').last().click()
    await ask(`part ${part}`)
  }
  await toPart(page, 2)
  await card(page, 'reinforce').locator('.value').click()
  await page.keyboard.type('99')
  await ask('keys')
  await page.keyboard.press('Escape')
}

interface Flaw {
  what: string
  why: string
}

/** Controls below 48 px, text below 18 px, control borders below 3:1, anything wider than the page. */
function flaws(): Flaw[] {
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

for (const size of sizes) {
  for (const large of [false, true]) {
    test(`sizes at ${size.width} × ${size.height}${large ? ' in large type' : ''}`, async ({ page }) => {
      await page.setViewportSize(size)
      await page.addInitScript((on) => localStorage.setItem('jiangtai.large', on ? '1' : ''), large)
      for (const language of large ? ['en'] : ['zh-CN', 'en']) {
        await start(page, `?lang=${language}`)
        await everywhere(page, async (view) => expect(await page.evaluate(flaws), view).toEqual([]))
        await page.evaluate(() => indexedDB.deleteDatabase('jiangtai-tablet'))
        await page.goto('about:blank')
      }
    })
  }
}

for (const theme of ['light', 'dark']) {
  test(`no violation of the accessibility rules, ${theme}`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await start(page, `?theme=${theme}`)
    await page.addScriptTag({ path: axe })
    await everywhere(page, async (view) => {
      const violations = await page.evaluate(async () => {
        const { violations } = await (
          window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
        ).axe.run()
        return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)
      })
      expect(violations, view).toEqual([])
    })
  })
}

test('giving a mark moves nothing', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await start(page, '')
  await openWork(page, '417A', 2)
  const places = () =>
    page
      .locator('.asp')
      .evaluateAll((all) => all.map((e) => [e.getBoundingClientRect().top, e.getBoundingClientRect().height]))
  await card(page, 'wave').getByText('各自给分').waitFor()
  const before = await places()
  await card(page, 'surface').getByRole('button', { name: '合格', exact: true }).click()
  await card(page, 'reinforce').locator('.value').click()
  await page.keyboard.type('1.6')
  await page.keyboard.press('Enter')
  await card(page, 'wave').locator('.levels button').nth(3).click()
  await expect(card(page, 'wave')).toContainText('已存')
  expect(await places()).toEqual(before)
})

test('a sheet can be marked by keyboard alone', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await start(page, '')
  await openWork(page, '417A')
  await card(page, 'ppe').getByRole('button', { name: '合格', exact: true }).focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect(card(page, 'ppe').locator('[aria-pressed=true]')).toHaveText('不合格')
  await toPart(page, 2)
  await card(page, 'reinforce').locator('.value').focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('1,6')
  await page.keyboard.press('Enter')
  await expect(card(page, 'reinforce').locator('.value')).toHaveText('1.6mm')
  await expect(card(page, 'reinforce').locator('.value')).toBeFocused()
})
