import { expect, test } from '@playwright/test'
import { sound } from './console.tools'
import { all, Hall, password } from './evening.tools'

// A mark changes after the lock by the chief judge's report with a supervisor, after everything that it touches was
// shown; what moved meanwhile wants a new look; after the publication the result is taken back first.

let hall: Hall

test.use({ viewport: { width: 1280, height: 800 } })
test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  test.setTimeout(120_000)
  hall = await Hall.begin()
  await hall.mark(1, all('8', '8.5', '7', '6', '6', '5', '5', '5'))
  await hall.mark(2, all('8', '8.5', '7', '6', '6', '5', '5', '5'))
  await hall.mark(3, all('8', '8.5', '7', '6', '6', '5', '5', '5'))
})
test.afterAll(() => hall?.server.stop())

const preview = 'see what it touches'

test('while marking runs nothing is corrected here', async ({ page }) => {
  await hall.open(page, 'working/001')
  await expect(page.getByRole('heading', { name: /001/ }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: '更正' })).toHaveCount(0)
  await hall.act({ act: 'lock' })
  // A printed sheet that the correction will void.
  await hall.server.call('POST', `/api/v1/events/${hall.event}/documents`, { kind: 'mark_sheet', chair: 1 })
  await expect(page.getByRole('button', { name: '更正' })).toBeVisible({ timeout: 15_000 })
  // The sheet was rechecked and is right: the correction will ask for another look.
  const { token } = await hall.server.call<{ token: string }>(
    'POST',
    '/api/v1/sessions',
    { user: 'chief', password },
    '',
  )
  const path = `/api/v1/events/${hall.event}/recheck`
  const drawn = await hall.server.call<{ drawn: { works: { work: string; sheet: string }[] } }>(
    'POST',
    path,
    { rule: { first: 2, rest: '0' }, reason: '' },
    token,
  )
  const sheet = drawn.drawn.works.find((w) => w.work === '001')?.sheet
  await hall.server.call('POST', `${path}/findings`, { work: '001', sheet, right: true, reason: '' }, token)
})

test(`choose the mark, ${preview}, and confirm by two`, async ({ page }) => {
  await hall.open(page, 'working/001')
  await page.getByRole('button', { name: '更正' }).click()
  const dialog = page.getByRole('dialog', { name: '更正打分' })
  await dialog.getByLabel('新值').fill('11')
  await dialog.getByRole('button', { name: '看影响' }).click()
  await expect(dialog.getByRole('alert').first()).toBeVisible() // the pad's own range, by the server
  await dialog.getByLabel('新值').fill('10')
  await dialog.getByRole('button', { name: '看影响' }).click()
  const mine = dialog.getByRole('row', { name: /^001/ })
  await expect(mine).toContainText('8.00')
  await expect(mine).toContainText('8.67')
  await expect(mine).toContainText('二等奖')
  await expect(mine).toContainText('一等奖')
  await expect(dialog.getByRole('row', { name: /^002/ })).toContainText('一等奖')
  await expect(dialog.getByText('将作废的签字文件')).toBeVisible()
  await expect(dialog.locator('li').filter({ hasText: '评分表' })).toContainText('江五品')
  await expect(dialog.getByText('已复核过，改后须再看一次')).toBeVisible()
  await expect(dialog.getByText('没有推荐或后续赛段以它为依据')).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await sound(page, `preview, ${colorScheme}`)
    await page.screenshot({ path: test.info().outputPath(`preview-${colorScheme}.png`) })
  }
  await page.emulateMedia({ colorScheme: 'light' })

  // Something is recorded between preview and confirmation: a late mark of another tablet.
  await hall.pair([3])
  const { token } = await hall.server.call<{ token: string }>('POST', '/api/v1/pairings', { code: hall.code(3) }, '')
  const late = { mark_id: crypto.randomUUID(), event: hall.event, chair: 3, work: '008', aspect: 'taste', value: '6' }
  await hall.server.call('POST', '/api/v1/marks', { marks: [{ ...late, version: 1, device_seq: 1 }] }, token)
  const sign = async () => {
    await dialog.getByLabel(/更正理由/).fill('看错了杯号，现场录像为证')
    await dialog.getByLabel('用户名').fill('watch')
    await dialog.getByLabel('密码').fill(password)
    await dialog.getByRole('button', { name: '确认更正' }).click()
  }
  await sign()
  await expect(dialog.getByText('预览之后又有新记录')).toBeVisible()
  await sign()
  await expect(dialog).toHaveCount(0)

  await expect(page.getByText('8.67').first()).toBeVisible()
  const list = page.locator('.corrections')
  await expect(list).toContainText('看错了杯号，现场录像为证')
  await expect(list).toContainText('裁判长、监督员')
  await expect(list.locator('s')).toContainText('8')
  await expect(page.getByText('已更正', { exact: true })).toBeVisible()
  await sound(page, 'a corrected working')
  await page.screenshot({ path: test.info().outputPath('corrected.png'), fullPage: true })
})

test('after the publication the page says what to do first', async ({ page }) => {
  await hall.act({ act: 'publish' })
  await hall.open(page, 'working/002')
  await page.getByRole('button', { name: '更正' }).click()
  const dialog = page.getByRole('dialog', { name: '更正打分' })
  await dialog.getByLabel('新值').fill('10')
  await dialog.getByRole('button', { name: '看影响' }).click()
  await expect(dialog.getByText('成绩已公布：先由两人重新开放、再锁定')).toBeVisible()
  await expect(dialog.getByRole('row', { name: /^002/ })).toContainText('9.00')
  await expect(dialog.getByRole('button', { name: '确认更正' })).toHaveCount(0)
  await sound(page, 'published')
})
