import { expect, test, type Page } from '@playwright/test'
import { signIn, sound } from './console.tools'
import { fair, type Fair } from './registration.tools'
import { Server } from './server'

// A new version of a marking scheme is read before it is saved, and two versions are held against each other after.

let server: Server
let at: Fair

test.use({ viewport: { width: 1280, height: 800 } })
test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  at = await fair(server)
})
test.afterAll(() => server?.stop())

const picture = (page: Page, name: string) =>
  process.env.PICTURES ? page.screenshot({ path: `${process.env.PICTURES}/${name}.png`, fullPage: true }) : undefined

test('a draft says what it changes and what must be marked again, and two versions are compared', async ({ page }) => {
  test.setTimeout(120_000)
  await signIn(page, server, server.admin.user, server.admin.password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  await page.goto(`${server.base}/console/events/${at.events.welder}/scheme`)
  await expect(page.getByRole('row', { name: /余高/ })).toContainText('12')
  await expect(page.getByRole('heading', { name: '版本对照' })).toHaveCount(0)

  const { text } = await server.call<{ text: string }>('GET', `/api/v1/events/${at.events.welder}/scheme`)
  const drop = (draft: string) =>
    page
      .locator('input[accept*=".json"]')
      .setInputFiles({ name: 'welder.json', mimeType: 'application/json', buffer: Buffer.from(draft) })
  const draft = page.locator('section.box', { has: page.getByRole('heading', { name: '草稿与第 1 版的差别' }) })

  await drop(text)
  await expect(draft).toContainText('与最新一版没有差别。')
  await drop(text.replace('"max": "12"', '"max": "11"'))
  await expect(page.getByRole('alert')).toContainText('声明的分值与各项之和不符')
  await expect(draft).toHaveCount(0)
  await drop(text.replace('"max": "12"', '"max": "11"').replace('"max": "8"', '"max": "9"'))
  await expect(draft).toContainText('2 个评分点要重新打分')
  await expect(draft).toContainText('影响：总分')
  await expect(draft.getByRole('row', { name: '满分 12 11' })).toBeVisible()
  await expect(draft.getByRole('row', { name: /A1\.1 余高.*重新打分/ })).toBeVisible()
  await sound(page, 'what a draft changes')
  await picture(page, 'schemediff-draft')

  await page.getByLabel('改版理由').fill('余高改为 11 分')
  await page.getByRole('button', { name: '采用为评分标准' }).click()
  await expect(draft).toHaveCount(0)
  const compare = page.locator('section.box', { has: page.getByRole('heading', { name: '版本对照' }) })
  await compare.getByRole('button', { name: '对照' }).click()
  await expect(compare.getByLabel('从')).toHaveValue('1')
  await expect(compare.getByRole('row', { name: '满分 8 9' })).toBeVisible()
  await sound(page, 'two versions')
  await picture(page, 'schemediff-versions')
  await compare.getByLabel('从').selectOption('第 2 版')
  await expect(compare).toContainText('两版没有差别。')
  await compare.getByLabel('到').selectOption('第 1 版')
  await expect(compare.getByRole('row', { name: '满分 9 8' })).toBeVisible()

  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 390, height: 800 })
  await sound(page, 'two versions in the dark, narrow')
  await picture(page, 'schemediff-narrow')
  await compare.getByRole('button', { name: '收起' }).click()
  await expect(compare.getByRole('table')).toHaveCount(0)
})
