import { expect, test, type Page } from '@playwright/test'
import { sound } from './console.tools'
import { Hall, password } from './evening.tools'

// A judge falls ill with marks on the tablet that never came: the chief judge sees which numbers are missing, has
// another judge take the seat with a second person, and every mark stays under the name of who gave it.

let hall: Hall
let old = ''

test.use({ viewport: { width: 1280, height: 800 } })
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(120_000)
  hall = await Hall.begin()
  const paired = await hall.server.call<{ token: string }>('POST', '/api/v1/pairings', { code: hall.code(1) }, '')
  old = paired.token
  await give([mark('001', 1), mark('002', 2), mark('003', 6)])
})
test.afterAll(() => hall?.server.stop())

const mark = (work: string, device_seq: number, value = '7') => ({
  mark_id: crypto.randomUUID(),
  event: hall.event,
  chair: 1,
  work,
  aspect: 'taste',
  value,
  version: 1,
  device_seq,
})

const give = (marks: object[], token = old) =>
  hall.server.call<{ results: { status: number }[] }>('POST', '/api/v1/marks', { marks }, token)

const tablets = (page: Page) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: '平板', exact: true }) })

test('numbers that never came are named at the tablet', async ({ page }) => {
  await hall.open(page, 'evening')
  const seat = tablets(page).getByRole('listitem').filter({ hasText: '江五品' })
  await expect(seat).toContainText('缺 3 号：3–5')
  await give([mark('004', 4)])
  await expect(seat).toContainText('缺 2 号：3、5')
  await sound(page, 'missing numbers')
  await tablets(page).screenshot({ path: test.info().outputPath('holes.png') })
})

test('another judge takes the seat: two persons, since marks are missing', async ({ page }) => {
  await hall.open(page, 'chairs')
  const row = page.getByRole('row').filter({ hasText: '江五品' })
  await row.getByRole('button', { name: /^换裁判：/ }).click()
  const dialog = page.getByRole('dialog', { name: /^换裁判：.*第 1 席$/ })
  await expect(dialog).toContainText('江五品 已给的分数仍归在原姓名下')
  await dialog.getByLabel('接任裁判姓名').fill('江六品')
  await dialog.getByLabel('理由').fill('突发疾病')
  await dialog.getByRole('button', { name: '换裁判' }).click()
  // Two are asked for because of the missing numbers; that he sits beside already is said as well, in its turn.
  await expect(dialog.getByRole('alert')).toBeVisible()
  await dialog.getByLabel('接任裁判姓名').fill('江八品')
  if ((await dialog.getByLabel('用户名').count()) === 0) await dialog.getByRole('button', { name: '换裁判' }).click()
  await expect(dialog.getByLabel('用户名')).toBeVisible()
  await sound(page, 'replacing a judge')
  await page.screenshot({ path: test.info().outputPath('replace.png') })
  await dialog.getByLabel('用户名').fill('watch')
  await dialog.getByLabel('密码', { exact: true }).fill(password)
  await dialog.getByRole('button', { name: '换裁判' }).click()
  await expect(page.getByText('第 1 席已由 江八品 接任')).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: '江八品' })).toHaveCount(1)
  await expect(page.getByRole('row').filter({ hasText: '江五品' })).toHaveCount(0)
})

test('what the old tablet sends afterwards is counted by two, under its judge’s name', async ({ page }) => {
  const { results } = await give([mark('005', 5, '6.5')])
  expect(results.map((r) => r.status)).toEqual([202])
  await hall.pair([1])
  const now = await hall.server.call<{ token: string }>('POST', '/api/v1/pairings', { code: hall.code(1) }, '')
  expect((await give([mark('006', 1)], now.token)).results.map((r) => r.status)).toEqual([200])

  await hall.open(page, 'evening')
  await page.getByRole('button', { name: '采纳', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('理由').fill('换机前已评')
  await dialog.getByLabel('用户名').fill('watch')
  await dialog.getByLabel('密码', { exact: true }).fill(password)
  await dialog.getByRole('button', { name: '采纳', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  const panel = (work: string) =>
    hall.server.call<{ chairs: { chair: number; judge: string; in: boolean }[] }>(
      'GET',
      `/api/v1/events/${hall.event}/panel/${work}/taste`,
    )
  await page.goto(`${hall.server.base}/console/events/${hall.event}/records`)
  await expect(page.getByRole('row').filter({ hasText: '换裁判' })).toContainText('江五品 → 江八品：突发疾病')
  await expect(page.getByRole('row').filter({ hasText: '迟到' })).toContainText('江五品')
  await page.screenshot({ path: test.info().outputPath('records.png') })
  const judge = async (work: string) => (await panel(work)).chairs.find((c) => c.chair === 1)?.judge
  expect([await judge('004'), await judge('005'), await judge('006')]).toEqual(['江五品', '江五品', '江八品'])
})
