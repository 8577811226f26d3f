import { expect, test, type Page } from '@playwright/test'
import { axe, flaws, violations } from './tablet.flaws'
import { card, Hall, openWork, pairUp, tapKeys, toPart } from './tablet.mock'

// What stands over and beside the pads, and the order by aspect, for a judge of 58 without his glasses: controls of
// 48 px, text of 18, borders that are seen, nothing wider than the page, no violation that axe finds.

const sizes = [
  { width: 1280, height: 800 },
  { width: 1024, height: 768 },
  { width: 800, height: 1280 },
]

/** One state of every kind that a pad can be in, and what lies over the page with it. */
async function everywhere(page: Page, en: boolean, ask: (view: string) => Promise<void>): Promise<void> {
  const last = () => page.locator('.dialog .acts .btn').last()
  await page.locator('.work').first().click()
  await page.locator('.letters').waitFor()
  await ask('label with its camera')
  await page.keyboard.press('Escape')
  await openWork(page, '417A', 2)
  await card(page, 'reinforce').locator('.value').click()
  await page.keyboard.type('7')
  await page.keyboard.press('Enter')
  await ask('doubt')
  await last().click()
  await card(page, 'reinforce').locator('.tools button').last().click()
  await ask('tray after a mark')
  await card(page, 'reinforce').locator('.tray .btn').nth(2).click()
  await ask('photos')
  await page.keyboard.press('Escape')
  await page.locator('.floor-line.rest .btn').click()
  await ask('module not performed')
  await page.keyboard.press('Escape')
  await toPart(page, 4)
  await ask('times')
  await card(page, 'clock').locator('.btn').nth(1).click()
  await ask('stopwatch')
  await page.keyboard.press('Escape')
  await toPart(page, 1)
  await ask('no work')
  await page.locator('.bar button').first().click()
  await page.getByRole('button', { name: en ? 'By aspect' : '按评分点' }).click()
  await page.locator('.one').first().waitFor()
  await ask('aspects')
  const all = await page.locator('.one').count()
  await page.locator('.one').first().click()
  await page.locator('.asp .check').first().click()
  await tapKeys(page, '023C')
  for (let i = 0; i < all; i++) {
    await page.locator('.aspect-page .asp').first().waitFor()
    await ask(`aspect ${i + 1}`)
    await page.locator('.foot-bar .main').click()
  }
}

async function start(page: Page, query: string): Promise<void> {
  const hall = new Hall()
  const session = { added: 0, violations: 0, signed: '' as const, newest: 'x', by: 1 }
  hall.bundle.sessions = [
    { ...session, work: '417A', criterion: 'E', state: 'handed_in', net: 5530 },
    { ...session, work: '417A', criterion: 'C', state: 'handed_in', net: 5530 },
    { ...session, work: '023C', criterion: 'C', state: 'no_work', net: 0 },
  ]
  await hall.open(page)
  await pairUp(page, query)
}

for (const size of sizes) {
  for (const language of ['zh-CN', 'en']) {
    test(`sizes at ${size.width} × ${size.height}, ${language}`, async ({ page }) => {
      await page.setViewportSize(size)
      await start(page, `?lang=${language}`)
      await everywhere(page, language === 'en', async (view) => expect(await page.evaluate(flaws), view).toEqual([]))
    })
  }
}

test('sizes in portrait, in large type', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 1280 })
  await page.addInitScript(() => localStorage.setItem('jiangtai.large', '1'))
  await start(page, '?lang=en')
  await everywhere(page, true, async (view) => expect(await page.evaluate(flaws), view).toEqual([]))
})

for (const theme of ['light', 'dark']) {
  for (const language of ['zh-CN', 'en']) {
    test(`no violation of the accessibility rules, ${theme}, ${language}`, async ({ page }) => {
      test.setTimeout(180_000)
      await page.setViewportSize(theme === 'dark' ? { width: 800, height: 1280 } : { width: 1280, height: 800 })
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await start(page, `?theme=${theme}&lang=${language}`)
      await page.addScriptTag({ path: axe })
      await everywhere(page, language === 'en', async (view) =>
        expect(await page.evaluate(violations), view).toEqual([]),
      )
    })
  }
}
