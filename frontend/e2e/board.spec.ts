import { createRequire } from 'node:module'
import { expect, test, type Page } from '@playwright/test'
import { City, idOf, ORIGIN, person } from './live.mock'

const axe = createRequire(import.meta.url).resolve('axe-core')
const phone = { width: 375, height: 812 }

test.use({ viewport: phone })

async function visit(page: Page, city: City, at = 0): Promise<void> {
  await city.open(page)
  await page.goto(`${ORIGIN}/?e=${idOf(at)}`)
  await page.locator('.head .state').waitFor()
}

const names = (page: Page) => page.locator('.ranking .nm b').allInnerTexts()

test('an event is found by its trade, opened, and the way back leads to the search as it was', async ({ page }) => {
  const city = new City(10)
  await city.open(page)
  await page.goto(`${ORIGIN}/`)
  await expect(page.locator('.card')).toHaveCount(10)
  await page.getByRole('searchbox').fill('数控')
  await expect(page.locator('.card')).toHaveCount(1)
  await page.locator('.card').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('数控车工')
  await expect(page).toHaveURL(new RegExp(`#/e/${idOf(1)}$`))
  await page.goBack()
  await expect(page.getByRole('searchbox')).toHaveValue('数控')
  await expect(page.locator('.card')).toHaveCount(1)
})

test('a link from a QR code opens its event; the first line has the state and the time of the data', async ({
  page,
}) => {
  const city = new City()
  city.stage().at = Date.parse('2026-05-18T14:32:05+08:00')
  await visit(page, city)
  await expect(page).toHaveURL(`${ORIGIN}/#/e/${idOf(0)}`)
  await expect(page.locator('.line')).toContainText('进行中')
  await expect(page.locator('.line')).toContainText('14:32:05')
  await expect(page.locator('.link')).toHaveText('实时')
  await expect(page.locator('.cols')).toContainText('暂列')
  await expect(page.locator('.medal')).toHaveCount(0)
})

test('a row rises before one’s eyes, and nothing else changes its size', async ({ page }) => {
  const city = new City()
  await visit(page, city)
  const before = await names(page)
  const height = await page.locator('.ranking ol').evaluate((list) => list.getBoundingClientRect().height)
  city.send(city.stage().rise(7, 4, '91.95'))
  await expect(page.locator('.ranking .row').nth(3)).toContainText('升 3')
  await expect(page.locator('.ranking .row').nth(4)).toContainText('降 1')
  expect((await names(page))[3]).toBe(before[6])
  expect(await page.locator('.ranking ol').evaluate((list) => list.getBoundingClientRect().height)).toBe(height)
  const red = await page.locator('.up').evaluate((word) => getComputedStyle(word).color)
  const grey = await page
    .locator('.sc span:not(.up)')
    .first()
    .evaluate((word) => getComputedStyle(word).color)
  expect([red, grey]).toEqual(['rgb(168, 35, 28)', 'rgb(105, 99, 89)'])
})

test('medals and shared ranks stand where the words are clear', async ({ page }) => {
  const city = new City()
  const stage = city.stage()
  stage.head.phase = 'official'
  stage.rows = stage.rows.map((row, i) => (i === 2 ? { ...row, rank: 2 } : row))
  await visit(page, city)
  await expect(page.locator('.medal')).toHaveText(['1', '2', '2'])
  await expect(page.locator('.rk small')).toHaveText(['并列', '并列'])
  await expect(page.locator('.line')).toContainText('正式')
  await expect(page.locator('.cols')).not.toContainText('暂列')
})

test('who is not ranked stands below, with the reason in words', async ({ page }) => {
  const city = new City()
  city
    .stage()
    .rows.splice(
      20,
      4,
      person(20, { rank: undefined, total: undefined, done: 36 }),
      person(21, { rank: undefined, total: undefined, status: 'dns' }),
      person(22, { rank: undefined, total: undefined, status: 'dsq' }),
      person(23, { status: 'out', rank: undefined }),
    )
  await visit(page, city)
  const words = page.locator('.ranking .sc span')
  await expect(words).toHaveText(['还差 2 项', '缺赛', '取消资格', '不计名次'])
})

test('a sealed event shows progress and why there are no names', async ({ page }) => {
  const city = new City(1, { sealed: true, release: 'progress' })
  city.stage().rows = []
  await visit(page, city)
  await expect(page.locator('.progress')).toContainText('684')
  await expect(page.locator('.progress')).toContainText('解密之前不公布姓名和名次')
  await expect(page.locator('.ranking')).toHaveCount(0)
})

test('a frozen event says 封榜', async ({ page }) => {
  const city = new City()
  await visit(page, city)
  city.stage().n++
  city.stage().head.frozen = true
  city.send(city.stage().snapshot())
  await expect(page.locator('.line')).toContainText('封榜')
})

test('while the socket is lost it says so, polls, and goes on when it is back', async ({ page }) => {
  const city = new City()
  await visit(page, city)
  city.mute = true
  city.down = true
  await city.cut()
  await expect(page.locator('.link')).toHaveText('已断开，正在重连')
  await expect(page.locator('.line')).toContainText('数据截至')
  await expect(page.locator('.ranking .row')).toHaveCount(24)
  city.down = false
  city.stage().rise(5, 1, '97.00')
  await expect(page.locator('.ranking .nm b').first()).toHaveText('刘建国', { timeout: 12_000 })
  city.mute = false
  await expect(page.locator('.link')).toHaveText('实时', { timeout: 15_000 })
})

test('one’s own place is chosen by entry number and always in sight', async ({ page }) => {
  const city = new City()
  await visit(page, city)
  await page.locator('.mine .ask').click()
  await page.locator('.mine input').fill('Z999')
  await page.locator('.mine form button').click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.locator('.mine input').fill('a014')
  await page.locator('.mine form button').click()
  await expect(page.locator('.mine')).toContainText('陈国栋')
  await expect(page.locator('.mine .rk')).toHaveText('14')
  city.send(city.stage().rise(14, 2, '94.00'))
  await expect(page.locator('.mine .rk')).toHaveText('2')
  await page.reload()
  await expect(page.locator('.mine .rk')).toHaveText('2')
  await expect(page.locator('.mine')).toBeInViewport({ ratio: 1 })
})

test('whoever stands beyond the first two hundred sees his own place', async ({ page }) => {
  const city = new City()
  const stage = city.stage()
  stage.rows = Array.from({ length: 260 }, (_, i) => person(i, { total: (94 - i * 0.1).toFixed(2) }))
  stage.head.entries = 260
  await visit(page, city)
  await page.locator('.mine .ask').click()
  await page.locator('.mine input').fill('a251')
  await page.locator('.mine form button').click()
  await expect(page.locator('.mine .rk')).toHaveText('251')
  await expect(page.locator('.mine')).toContainText('参赛号 A251')
  await page.reload() // and it is followed from then on
  await expect(page.locator('.mine .rk')).toHaveText('251')
  expect(city.asked).toContainEqual(expect.objectContaining({ subscribe: [`event/${stage.id}/entry/A251`] }))
  await expect(page.locator('.ranking .row')).not.toHaveCount(260)
})

test('a row opens to its parts, and can be said to be one’s own', async ({ page }) => {
  await visit(page, new City())
  const row = page.locator('.ranking .row').nth(13)
  await row.click()
  await expect(page.locator('.more')).toContainText('试件制作')
  await page.getByRole('button', { name: '这是我' }).click()
  await expect(row).toContainText('（我）')
})

test('people are found by unit, number and pinyin initials', async ({ page }) => {
  await visit(page, new City())
  for (const [q, n] of [
    ['cgd', 1],
    ['A003', 1],
    ['轨道', 2],
    ['nobody', 0],
  ] as const) {
    await page.getByRole('searchbox').fill(q)
    await expect(page.locator('.ranking .row')).toHaveCount(n)
  }
  await expect(page.locator('.none')).toBeVisible()
})

test('an event that is not there is said not to be', async ({ page }) => {
  const city = new City()
  await city.open(page)
  await page.goto(`${ORIGIN}/#/e/none`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('没有这个赛项')
})

test('the language changes at once, without loading anew', async ({ page }) => {
  await visit(page, new City())
  await page.evaluate(() => ((window as { stays?: number }).stays = 1))
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.locator('.line')).toContainText('In progress')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welding')
  expect(await page.evaluate(() => (window as { stays?: number }).stays)).toBe(1)
})

test('with reduced motion nothing glides', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const city = new City()
  await visit(page, city)
  city.send(city.stage().rise(7, 1, '99.00'))
  await expect(page.locator('.up')).toBeVisible()
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
})

for (const { theme, lang, size } of [
  { theme: 'light', lang: 'zh-CN', size: phone },
  { theme: 'dark', lang: 'zh-CN', size: phone },
  { theme: 'light', lang: 'en', size: { width: 1280, height: 800 } },
  { theme: 'dark', lang: 'en', size: { width: 1280, height: 800 } },
]) {
  test(`nobody is left out: ${theme}, ${lang}, ${size.width}`, async ({ page }) => {
    await page.setViewportSize(size)
    const city = new City(6)
    city.stage(0).head.event.kind = 'demo'
    city.stage(1).head.phase = 'provisional'
    Object.assign(city.stage(2).head, { sealed: true, release: 'progress' })
    city.stage(2).rows = []
    await city.open(page)
    for (const address of ['', `#/e/${idOf(0)}`, `#/e/${idOf(1)}`, `#/e/${idOf(2)}`, '#/e/none']) {
      await page.goto('about:blank')
      await page.goto(`${ORIGIN}/?lang=${lang}&theme=${theme}${address}`)
      await page.locator('.card, .ranking .row, .progress, .none').first().waitFor()
      if (address.endsWith(idOf(0))) {
        city.send(city.stage().rise(7, 4, '91.95'))
        await page.locator('.up').waitFor()
        await page.locator('.ranking .row').first().click()
        await page.locator('.mine .ask').click()
      }
      for (const large of [false, true]) {
        if (large) await page.locator('.top button').first().click()
        await page.addScriptTag({ path: axe })
        const found = await page.evaluate(async () => {
          const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } }
          return (await axe.run()).violations.map((v) => JSON.stringify(v))
        })
        expect(found, address).toEqual([])
        expect(await small(page), `${address}: targets under 44`).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth), address).toBeLessThanOrEqual(size.width)
      }
      await page.locator('.top button').first().click()
    }
  })
}

function small(page: Page): Promise<string[]> {
  return page
    .locator('a, button, input')
    .evaluateAll((all) =>
      all
        .filter((e) => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44)
        .map((e) => e.outerHTML),
    )
}
