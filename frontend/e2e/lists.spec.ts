import { createRequire } from 'node:module'
import { expect, test, type Page } from '@playwright/test'
import { withTeams } from './lists.mock'
import { City, idOf, ORIGIN } from './live.mock'

// Teams and groups on telephones. How the server tells them is met in server/live and in the whole program.

const axe = createRequire(import.meta.url).resolve('axe-core')
const phone = { width: 375, height: 812 }
const PICTURES = process.env.PICTURES

test.use({ viewport: phone })

async function visit(page: Page, query = '', more = ''): Promise<City> {
  const city = new City()
  withTeams(city.stage())
  await city.open(page)
  await page.goto(`${ORIGIN}/${more}#/e/${idOf(0)}${query}`)
  await page.locator('.lists').waitFor()
  return city
}

const rows = (page: Page) => page.locator('.ranking .row')
const chip = (page: Page, name: string) => page.getByRole('combobox', { name })
const first = (page: Page) => rows(page).first()

test('persons and teams are two lists; the address remembers which', async ({ page }) => {
  await visit(page)
  await expect(rows(page)).toHaveCount(24)
  await expect(page.locator('.parts button')).toHaveText(['个人 24', '团体 6'])
  await page.getByRole('button', { name: '团体' }).click()
  await expect(rows(page)).toHaveCount(6)
  await expect(first(page)).toContainText('江城造船厂一队')
  await expect(page).toHaveURL(new RegExp(`${idOf(0)}\\?list=team$`))
  await page.reload()
  await expect(rows(page)).toHaveCount(6)
  await expect(page.getByRole('button', { name: '团体' })).toHaveAttribute('aria-pressed', 'true')
  await page.goBack()
})

test('a group ranks within itself and says the whole rank beside', async ({ page }) => {
  await visit(page)
  await chip(page, '组别').selectOption({ label: '学生组 4' })
  await expect(rows(page)).toHaveCount(4)
  await expect(page.locator('.ranking .rk')).toHaveText(['1总第 5', '2总第 11', '3总第 17', '–'])
  await expect(page).toHaveURL(/\?group=2$/)
  await chip(page, '县区').selectOption('3')
  await expect(page).toHaveURL(/\?county=3$/)
  await expect(chip(page, '组别')).toHaveValue('0')
  await expect(first(page)).toContainText('何俊杰')
  await page.getByRole('button', { name: '团体' }).click()
  await expect(page).toHaveURL(/\?list=team&county=3$/)
  await expect(rows(page)).toHaveCount(2)
  await page.getByRole('button', { name: '全部', exact: true }).click()
  await expect(rows(page)).toHaveCount(6)
})

test('the search looks in the list that is shown', async ({ page }) => {
  await visit(page, '?group=1')
  await page.getByRole('searchbox').fill('谢海峰')
  await expect(rows(page)).toHaveCount(1)
  await page.getByRole('button', { name: '团体' }).click()
  await expect(rows(page)).toHaveCount(0)
  await page.getByRole('searchbox').fill('轨道')
  await expect(rows(page)).toHaveCount(1)
})

test('a team opens to its members, a person to all places', async ({ page }) => {
  await visit(page, '?list=team')
  await first(page).click()
  await expect(page.locator('.members dt')).toHaveText(['梁志远 第 1 名', '谢海峰 第 7 名', '罗凯 第 13 名'])
  await expect(page.locator('.members dd')).toHaveText(['94.60', '89.50', '84.40'])
  await expect(page.getByRole('button', { name: '这是我' })).toHaveCount(0)
  await page.getByRole('button', { name: '个人' }).click()
  await rows(page).nth(1).click()
  await expect(page.locator('.places')).toHaveText(
    '全部第 2 名组别 职工组第 2 名县区 南港区第 1 名单位 江城市轨道交通集团有限公司运营分公司第 1 名所属队 轨道交通联队第 2 名',
  )
})

test('one’s own place is said in all lists, and shown wherever it stands', async ({ page }) => {
  const city = await visit(page)
  await rows(page).nth(10).click()
  await page.getByRole('button', { name: '这是我' }).click()
  await expect(page.locator('.mine')).toContainText('学生组第 2 · 南港区第 4 · 江城职业技术学院第 2')
  await expect(chip(page, '组别').locator('option')).toHaveText(['组别', '职工组 20', '学生组 4 · 我的'])
  await chip(page, '组别').selectOption('1')
  await expect(page.locator('.ranking .own')).toHaveCount(0)
  await page.locator('.mine .row').click()
  await expect(page.locator('.ranking .own')).toBeInViewport()
  await expect(chip(page, '组别')).toHaveValue('0')
  const row = city.stage().rows.find((r) => r.k === 'A011')!
  city.send(city.stage().frame([{ ...row, in: [{ g: 2, r: 1 }, null, null] }]))
  await expect(page.locator('.mine')).toContainText('学生组第 1')
})

test('a new group comes with its name', async ({ page }) => {
  const city = await visit(page)
  const { rows: all, head } = city.stage()
  const groups = { ...head.groups, group: { ...head.groups?.group, 3: '青年组' } }
  const moved = { ...all[0]!, in: [{ g: 3, r: 1 }, null, null] }
  city.send(city.stage().frame([moved], { groups }))
  await expect(chip(page, '组别').locator('option')).toHaveText(['组别', '职工组 19', '学生组 4', '青年组 1'])
})

test('an event whose ranks are closed again loses its lists', async ({ page }) => {
  const city = await visit(page, '?list=team')
  const stage = city.stage()
  stage.n++
  stage.head = { ...stage.head, release: 'progress', rankings: undefined, groups: undefined }
  stage.rows = []
  city.send(stage.snapshot())
  await expect(page.locator('.progress')).toBeVisible()
  await expect(page.locator('.lists')).toHaveCount(0)
})

test('where the lists do not come the ranking stands', async ({ page }) => {
  const city = new City()
  withTeams(city.stage())
  await city.open(page)
  await page.route(/lists-[^/]*\.js$/, (route) => route.abort())
  await page.goto(`${ORIGIN}/#/e/${idOf(0)}`)
  await expect(rows(page)).toHaveCount(30)
})

for (const { theme, lang, size } of [
  { theme: 'light', lang: 'zh-CN', size: phone },
  { theme: 'dark', lang: 'zh-CN', size: phone },
  { theme: 'light', lang: 'en', size: phone },
  { theme: 'dark', lang: 'en', size: { width: 1280, height: 800 } },
  { theme: 'light', lang: 'zh-CN', size: { width: 1280, height: 800 } },
]) {
  test(`nobody is left out: ${theme}, ${lang}, ${size.width}`, async ({ page }) => {
    await page.setViewportSize(size)
    for (const query of ['', '?list=team', '?unit=12', '?list=team&county=3']) {
      await page.goto('about:blank')
      const city = await visit(page, query, `?lang=${lang}&theme=${theme}`)
      await first(page).click()
      await page.locator('.more').waitFor()
      if (!query) {
        await page.locator('.pick').click()
        city.send(city.stage().frame([city.stage().rows[0]!]))
      }
      if (PICTURES) {
        const name = `board-${theme}-${lang}-${size.width}-${query.replace(/\W+/g, '-')}`
        await page.screenshot({ path: `${PICTURES}/${name}.png` })
      }
      for (const large of [false, true]) {
        if (large) await page.locator('.top button').first().click()
        await page.addScriptTag({ path: axe })
        const found = await page.evaluate(async () => {
          const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } }
          return (await axe.run()).violations.map((v) => JSON.stringify(v))
        })
        expect(found, query).toEqual([])
        const small = await page
          .locator('a, button, input, select')
          .evaluateAll((all) =>
            all
              .filter((e) => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44)
              .map((e) => e.outerHTML),
          )
        expect(small, `${query}: targets under 44`).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth), query).toBeLessThanOrEqual(size.width)
      }
      await page.locator('.top button').first().click()
    }
  })
}

test.describe('on a wall', () => {
  test.use({ viewport: { width: 1920, height: 1080 } })

  async function hang(page: Page, query: string): Promise<City> {
    await page.clock.install({ time: new Date('2026-05-18T10:00:00+08:00') })
    const city = new City()
    withTeams(city.stage())
    await city.open(page)
    await page.goto(`${ORIGIN}/screen?event=${idOf(0)}${query}`)
    await page.locator('.rows li').first().waitFor()
    return city
  }
  const title = (page: Page) => page.getByRole('heading', { level: 1 })

  test('persons and teams follow each other, page by page, each with its name', async ({ page }) => {
    await hang(page, '')
    for (const [name, rows] of [
      ['焊接 个人', 9],
      ['焊接 个人', 9],
      ['焊接 个人', 6],
      ['焊接 团体', 6],
      ['焊接 个人', 9],
    ] as const) {
      await expect(title(page)).toHaveText(name)
      await expect(page.locator('.rows li')).toHaveCount(rows)
      await page.clock.runFor(12_000)
    }
    await expect(page.locator('header .ev')).toContainText('24 名选手 · 6 支队')
  })

  for (const [query, name] of [
    ['&scenes=teams', '焊接 团体'],
    ['&scenes=group:2', '焊接 学生组'],
    ['&scenes=unit:12&theme=light', '焊接 江城市轨道交通集团有限公司运营分公司'],
    ['&scenes=teams/county&lang=en', 'Welding 东湖区 · Teams'],
  ] as const) {
    test(`a scene can be named: ${query}`, async ({ page }) => {
      await hang(page, query)
      await expect(title(page)).toHaveText(name)
      await expect(page.locator('.rows li').first().locator('.rank')).toContainText('1')
      if (PICTURES) await page.screenshot({ path: `${PICTURES}/wall-${query.replace(/\W+/g, '-')}.png` })
      await page.addScriptTag({ path: axe })
      const found = await page.evaluate(async () => {
        const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } }
        return (await axe.run()).violations.map((v) => JSON.stringify(v))
      })
      expect(found).toEqual([])
    })
  }

  test('the chooser offers what may be shown', async ({ page }) => {
    const city = new City(2)
    await city.open(page)
    await page.goto(`${ORIGIN}/screen?theme=light`)
    await page.getByLabel('显示').selectOption({ label: '按组别轮流' })
    await expect(page.locator('.choose .all')).toHaveAttribute('href', /&scenes=group$/)
    await expect(page.locator('.choose li a').first()).toHaveAttribute('href', /&scenes=group$/)
  })
})
