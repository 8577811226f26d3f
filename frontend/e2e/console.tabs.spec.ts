import { expect, test, type Page } from '@playwright/test'
import { sound } from './console.tools'
import { Hall } from './evening.tools'

// The pages of an event stand in one line, at a desk and on a telephone; what is out of sight is in a menu.

let hall: Hall
test.beforeAll(async () => {
  test.setTimeout(120_000)
  hall = await Hall.begin()
})
test.afterAll(() => hall?.server.stop())

const line = (page: Page) => page.getByRole('navigation', { name: '赛项' })
const more = (page: Page) => page.getByRole('button', { name: '全部', exact: true })

test('who has few pages sees them all in one line; the keyboard goes along it', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await hall.open(page, 'evening')
  await expect(line(page).locator('[aria-current]')).toHaveText('裁判长台')
  expect((await line(page).boundingBox())?.height ?? 0).toBeLessThan(48)
  await expect(more(page)).toHaveCount(0)
  await page.keyboard.press(']')
  await expect(line(page).locator('[aria-current]')).toHaveText('评分标准')
})

for (const width of [1280, 375]) {
  test(`who has many finds them all in the menu, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    const { user, password } = hall.server.admin
    await page.goto(`${hall.server.base}/console`)
    await page.getByLabel('用户名').fill(user)
    await page.getByLabel('密码', { exact: true }).fill(password)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
    await page.goto(`${hall.server.base}/console/events/${hall.event}/records`)

    // The last page is brought into sight.
    const here = line(page).locator('[aria-current]')
    await expect(here).toBeInViewport({ ratio: 0.95 })
    expect((await line(page).boundingBox())?.height ?? 0).toBeLessThan(48)
    await more(page).focus()
    await page.keyboard.press('Enter')
    await expect(more(page)).toHaveAttribute('aria-expanded', 'true')
    const menu = page.locator('.menu')
    await expect(menu.locator('a:focus')).toHaveText('流水')
    expect(await menu.getByRole('link').count()).toBe(await line(page).getByRole('link').count())
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await sound(page, `the menu, ${colorScheme}`)
      await page.screenshot({ path: test.info().outputPath(`menu-${colorScheme}.png`) })
    }
    await page.keyboard.press('Escape')
    await expect(menu).toHaveCount(0)
    await expect(more(page)).toBeFocused()
    await more(page).click()
    await menu.getByRole('link', { name: '概况' }).click()
    await expect(menu).toHaveCount(0)
    await expect(here).toHaveText('概况')
    await expect(here).toBeInViewport({ ratio: 0.95 })
  })
}
