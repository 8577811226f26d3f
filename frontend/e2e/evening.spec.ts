import { expect, test, type Page } from '@playwright/test'
import { sound } from './console.tools'
import { all, faces, Hall } from './evening.tools'

// The chief judge's evening against the whole program: who owes what, a panel that does not agree, a call from a
// tablet and its answer, a replaced tablet, and the way to the published list by its own buttons.

let hall: Hall

test.use({ viewport: { width: 1280, height: 800 } })
test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  test.setTimeout(120_000)
  hall = await Hall.begin()
  await hall.mark(1, all('9', '8.5', '8', '7', '6', '4', '5', '5'))
  await hall.mark(2, all('9', '8.5', '8', '7', '6', '9'))
})
test.afterAll(() => hall?.server.stop())

const work = (page: Page, no: string) =>
  page.getByRole('row').filter({ has: page.getByRole('button', { name: new RegExp(`看 ${no} 的合议现场`) }) })

test('the page tells who owes what, and why each row does not move', async ({ page }) => {
  await hall.open(page, 'evening')
  const way = page.getByRole('list', { name: '从最后一个打分到签字成绩单' })
  await expect(way.getByRole('listitem').first()).toHaveAttribute('aria-current', 'step')
  await expect(page.getByRole('columnheader', { name: /江七品/ })).toContainText('0/8')
  await expect(work(page, '001').locator('.owes')).toHaveCount(1)
  await expect(work(page, '007').locator('.owes')).toHaveCount(2)

  await expect(page.getByText('签字前请先处理：1 处分差超限')).toBeVisible()
  await expect(work(page, '006')).toContainText('分差 4–9，等第 2 轮')
  await faces(page, 'evening')

  // What comes in is shown without a reload, and nothing above it moves.
  const grid = page.getByRole('heading', { name: /作品与裁判席/ })
  const before = await grid.boundingBox()
  await hall.mark(3, all('9', '8.5', '8', '7', '6', '6', '5', '5'))
  await expect(page.getByRole('columnheader', { name: /江七品/ })).toContainText('7/8')
  await expect(work(page, '001')).toContainText('已齐')
  await expect(page.getByText('已在平板上请求第 2 轮')).toBeVisible()
  expect(await grid.boundingBox()).toEqual(before)
})

test('a panel is live by the keyboard; its values only when it is complete', async ({ page }) => {
  await hall.open(page, 'evening')
  await expect(work(page, '007')).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.locator('[data-row]:focus')).toHaveText('001')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: '001 · 合议现场' })
  await expect(dialog).toContainText('结果 9')
  await dialog.getByRole('button', { name: '关闭' }).first().click()

  await work(page, '008').getByRole('button').click()
  const eight = page.getByRole('dialog', { name: '008 · 合议现场' })
  await expect(eight.getByRole('listitem').filter({ hasText: '江六品' }).last()).toContainText('未交')
  await expect(eight.getByRole('listitem').filter({ hasText: '江五品' }).last()).toContainText('已交')
  await expect(eight).not.toContainText('结果')
  await sound(page, 'a panel')
  await page.screenshot({ path: test.info().outputPath('panel.png') })
})

test('a judge calls, offline too; the chief judge answers and the tablet shows it', async ({ browser, page }) => {
  await hall.pair([2])
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, locale: 'zh-CN' })
  const tablet = await context.newPage()
  await tablet.goto(`${hall.server.base}/tablet#pair=${hall.code(2)}`)
  const bell = tablet.getByTestId('call')
  await expect(bell).toBeVisible()
  const size = await bell.boundingBox()
  expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(48)
  await bell.click()
  const dialog = tablet.getByRole('dialog', { name: '呼叫裁判长' })
  for (const button of await dialog.getByRole('button').all()) {
    expect((await button.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(48)
  }
  await sound(tablet, 'a call on the tablet')
  await tablet.screenshot({ path: test.info().outputPath('call-tablet.png') })

  // Without a network the call stays here and says so.
  await context.setOffline(true)
  await dialog.getByRole('button', { name: '评判有争议' }).click()
  await dialog.getByLabel('哪件作品（可不选）').selectOption('006')
  await dialog.getByLabel(/补充一句/).fill('拉花算不算味道')
  await dialog.getByRole('button', { name: '呼叫', exact: true }).click()
  await expect(dialog.getByText('没有网络：已存本机')).toBeVisible()
  await context.setOffline(false)
  await expect(dialog.getByText('已送到裁判长台')).toBeVisible({ timeout: 45_000 })

  await hall.open(page, 'evening')
  const box = page.locator('section').filter({ has: page.getByRole('heading', { name: '呼叫', exact: true }) })
  await expect(box.getByText('1 个待处理')).toBeVisible()
  await expect(box).toContainText('拉花算不算味道')
  await expect(box).toContainText('江六品')
  await expect(page.getByText('换机：旧平板已冻结')).toBeVisible()
  await box.getByRole('button', { name: '答复' }).click()
  await box.getByLabel('答复 江六品').fill('不算，按味道给')
  await sound(page, 'a call on the console')
  await page.screenshot({ path: test.info().outputPath('call-console.png') })
  await box.getByRole('button', { name: '发出' }).click()
  await expect(dialog.getByText('裁判长答复：不算，按味道给')).toBeVisible({ timeout: 20_000 })
  await tablet.screenshot({ path: test.info().outputPath('answer-tablet.png') })
  await dialog.getByRole('button', { name: '已解决，结束' }).click()
  await expect(dialog.getByText('已结束')).toBeVisible()
  await expect(box.getByText('没有呼叫')).toBeVisible()
  await box.getByRole('button', { name: '看已结束的（1）' }).click()
  await expect(box).toContainText('不算，按味道给')
  await context.close()
})

test('the way goes on by its button: the rest is marked, locked, and published', async ({ page }) => {
  // The tablet of seat 2 marks what it owes; seat 1 and 3 and it mark 006 again.
  for (const chair of [1, 2, 3]) {
    await hall.pair([chair])
    const own = { code: hall.code(chair) }
    const paired = await hall.server.call<{ token: string }>('POST', '/api/v1/pairings', own, '')
    const one = (no: string, value: string, round: number, seq: number) => ({
      mark_id: crypto.randomUUID(),
      event: hall.event,
      chair,
      work: no,
      aspect: 'taste',
      round,
      value,
      version: 1,
      device_seq: seq,
    })
    const marks = [one('006', '6', 2, 1), ...(chair === 2 ? [one('007', '5', 1, 2), one('008', '5', 1, 3)] : [])]
    await hall.server.call('POST', '/api/v1/marks', { marks }, paired.token)
  }
  await hall.open(page, 'evening')
  await expect(page.getByText('没有超限的分差')).toBeVisible()
  await page.getByRole('button', { name: '锁定' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '锁定' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const way = page.getByRole('list', { name: '从最后一个打分到签字成绩单' })
  await expect(way.getByRole('listitem').filter({ hasText: '公布' })).toHaveAttribute('aria-current', 'step')
  await faces(page, 'locked')
})

test('the chief judge’s tablet has room for it', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  await hall.open(page, 'evening')
  await expect(work(page, '001')).toBeVisible()
  await sound(page, 'evening on a tablet')
  await page.setViewportSize({ width: 800, height: 1280 })
  await sound(page, 'evening, portrait')
  await page.screenshot({ path: test.info().outputPath('evening-portrait.png') })
})
