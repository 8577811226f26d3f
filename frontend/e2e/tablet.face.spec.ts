import { expect, test, type Page } from '@playwright/test'
import { axe, flaws, violations } from './tablet.flaws'
import { card, Hall, openWork, pairUp, toPart, wipe } from './tablet.mock'

// What a judge of 58 without his glasses needs of the page: sizes, contrast, nothing that moves or hides.

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

for (const size of sizes) {
  for (const large of [false, true]) {
    test(`sizes at ${size.width} × ${size.height}${large ? ' in large type' : ''}`, async ({ page }) => {
      await page.setViewportSize(size)
      await page.addInitScript((on) => localStorage.setItem('jiangtai.large', on ? '1' : ''), large)
      for (const language of large ? ['en'] : ['zh-CN', 'en']) {
        await start(page, `?lang=${language}`)
        await everywhere(page, async (view) => expect(await page.evaluate(flaws), view).toEqual([]))
        await page.goto('about:blank')
        await page.goto('https://hall.test/icon.svg')
        await wipe(page)
      }
    })
  }
}

for (const [theme, language] of [
  ['light', 'zh-CN'],
  ['dark', 'en'],
]) {
  test(`no violation of the accessibility rules, ${theme}, ${language}`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await start(page, `?theme=${theme}&lang=${language}`)
    await page.addScriptTag({ path: axe })
    await everywhere(page, async (view) => {
      expect(await page.evaluate(violations), view).toEqual([])
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
