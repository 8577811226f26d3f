import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { signIn, sound } from './console.tools'
import { fair, person, workbook, type Fair } from './registration.tools'
import { Server, type Account } from './server'

// The yearly plan: a host applies, the office files, the result is handed in and accepted; the plan and a scheme go
// out as workbooks and come back.

let server: Server
let at: Fair
let host: Account
let office: Account
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

test.use({ viewport: { width: 1280, height: 800 } })
test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  at = await fair(server)
  host = await person(server, 'host', [{ role: 'host', contest: at.contest, event: at.events.welder }])
  office = await person(server, 'office', [{ role: 'organiser', contest: at.contest }])
})
test.afterAll(() => server?.stop())

const picture = (page: Page, name: string) =>
  process.env.PICTURES ? page.screenshot({ path: `${process.env.PICTURES}/${name}.png`, fullPage: true }) : undefined

async function enter(page: Page, who: Account): Promise<void> {
  await page.context().clearCookies()
  await signIn(page, server, who.user, who.password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  await page.getByRole('link', { name: '年度计划' }).click()
}

async function step(page: Page, name: string, fill: Record<string, string> = {}): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  const dialog = page.getByRole('dialog')
  for (const [label, text] of Object.entries(fill)) await dialog.getByLabel(label).fill(text)
  await dialog.getByRole('button', { name, exact: true }).click()
}

test('from the plan to the accepted result, by host and office', async ({ page }) => {
  test.setTimeout(120_000)
  await enter(page, host)
  await expect(page.getByRole('heading', { name: '我承办的赛项' })).toBeVisible()
  await expect(page.getByRole('row', { name: /焊工/ })).toContainText('已列计划')
  await expect(page.getByRole('row', { name: /咖啡师/ })).toHaveCount(0)
  await sound(page, "the host's plan")
  await picture(page, 'plan-host')
  await page.getByRole('link', { name: /焊工/ }).click()

  await step(page, '申报')
  await expect(page.getByRole('dialog')).toContainText('还不完整')
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveText(['类别', '计划月份', '技术文件'])
  await sound(page, 'what an application lacks')
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
  await page.getByLabel('类别', { exact: true }).selectOption('市级一类')
  await page.getByLabel('计划月份').selectOption('5 月')
  await page.getByLabel('预算（元）').fill('80000')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存。')).toBeVisible()
  await page.getByLabel('材料类别').selectOption('技术文件')
  await page.locator('input[type=file]').setInputFiles({
    name: '焊工技术文件.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7 invented'),
  })
  await expect(page.getByText('焊工技术文件.pdf').first()).toBeVisible()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '打开 焊工技术文件.pdf' }).click(),
  ])
  expect(readFileSync(await saved.path(), 'utf8')).toBe('%PDF-1.7 invented')
  await picture(page, 'filing-host')
  await step(page, '申报')
  await expect(page.getByText('已申报，改动请联系主办单位。')).toBeVisible()
  await expect(page.getByLabel('预算（元）')).toBeDisabled()

  await enter(page, office)
  await expect(page.getByRole('heading', { name: '年度竞赛计划' })).toBeVisible()
  await expect(page.getByRole('row', { name: /咖啡师/ })).toBeVisible()
  await page.getByRole('button', { name: /^已申报/ }).click()
  await expect(page.getByRole('row', { name: /咖啡师/ })).toHaveCount(0)
  await picture(page, 'plan-office')
  await page.getByRole('link', { name: /焊工/ }).focus()
  await page.keyboard.press('Enter')
  await step(page, '退回修改', { 原因: '请写明安全措施' })
  await expect(page.getByText('请写明安全措施').first()).toBeVisible()

  await enter(page, host)
  await page.getByRole('link', { name: /焊工/ }).click()
  await expect(page.getByText('请写明安全措施').first()).toBeVisible()
  await step(page, '申报')

  await enter(page, office)
  await page.getByRole('link', { name: /焊工/ }).click()
  await page.getByLabel('成绩报送截止').fill('2030-06-30')
  await page.getByLabel('列入工会年度计划').check()
  await page.getByLabel(/改动原因/).fill('列入计划')
  await page.getByRole('button', { name: '保存' }).click()
  await step(page, '予以备案')
  await expect(page.getByText(/20\d\d-001/).first()).toBeVisible()
  await sound(page, 'a filing')
  await picture(page, 'filing-office')

  await enter(page, host)
  await page.getByRole('link', { name: /焊工/ }).click()
  await step(page, '报送成绩', { 成绩单编号: '纸质-07' })
  await enter(page, office)
  await page.getByRole('link', { name: /焊工/ }).click()
  await step(page, '认定成绩')
  await expect(page.getByText('成绩已认定').first()).toBeVisible()
  await page.goto(`${server.base}/console/events/${at.events.welder}/filing`)
  await expect(page.getByText('纸质-07').first()).toBeVisible()
})

test('the plan goes out as a workbook and comes back', async ({ page }) => {
  await enter(page, office)
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 Excel' }).click(),
  ])
  expect(saved.suggestedFilename()).toMatch(/^plan-\d{4}\.xlsx$/)
  await page.getByRole('link', { name: '导入 Excel' }).click()
  await page.locator('input[type=file]').setInputFiles(await saved.path())
  await expect(page.getByText('新建 0 · 修改 0 · 不变 2')).toBeVisible()
  await sound(page, 'a preview')

  const head = [
    '赛事代码',
    '赛项代码',
    '工种',
    '赛项名称',
    '组别',
    '阶段',
    '承办单位代码',
    '承办单位',
    '使用深度',
    '流程要求',
    '计划年度',
  ]
  const rest = ['列入工会年度计划', '备案类别', '计划月份', '预算（元）', '成绩报送截止', '备注', '状态', '备案号']
  const year = String(new Date().getFullYear())
  const row = (code: string, month: string) => [
    ...['river-city-2026', code, '磨工', '', '', '', 'mill', '江城机械厂（虚构）', '纸面评分录入', '', year],
    ...['是', '市级二类', month, '30000', '2030-07-31', '', '', ''],
  ]
  const send = (month: string) =>
    page.locator('input[type=file]').setInputFiles({
      name: 'plan.xlsx',
      mimeType: xlsx,
      buffer: workbook('计划表', [[...head, ...rest], row('mill', month)]),
    })
  await send('十三')
  await expect(page.getByRole('alert').getByRole('row', { name: /计划表 N2/ })).toBeVisible()
  await expect(page.getByRole('button', { name: '导入', exact: true })).toHaveCount(0)
  await sound(page, 'faults by cell')
  await picture(page, 'plan-faults')
  const [home] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载标注了问题的表' }).click(),
  ])
  expect(
    readFileSync(await home.path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
  await send('9')
  await expect(page.getByText('新建 1 · 修改 0 · 不变 0')).toBeVisible()
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await expect(page.getByRole('row', { name: /磨工/ })).toContainText('江城机械厂（虚构）')
  await expect(page.getByRole('row', { name: /磨工/ })).toContainText('纸面评分录入')
})

test('a scheme goes out as a workbook, comes back, and is told its faults by cell', async ({ page }) => {
  await signIn(page, server, office.user, office.password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  await page.goto(`${server.base}/console/events/${at.events.welder}/scheme`)
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出工作簿' }).click(),
  ])
  const drop = page.locator('input[type=file][accept*=".xlsx"]')
  await drop.setInputFiles({
    name: 'x.xlsx',
    mimeType: xlsx,
    buffer: workbook('方案', [
      ['项目', '内容', '英文'],
      ['名称', '焊', ''],
    ]),
  })
  await expect(page.getByRole('row', { name: /裁判组 缺少这个工作表/ })).toBeVisible()
  await sound(page, 'a scheme with faults')
  await picture(page, 'scheme-faults')
  await drop.setInputFiles({ name: 'scheme.xlsx', mimeType: xlsx, buffer: readFileSync(await saved.path()) })
  await expect(page.getByText('与最新一版没有差别。')).toBeVisible()
  await page.getByLabel('改版理由').fill('经 Excel 校对')
  await page.getByRole('button', { name: '采用为评分标准' }).click()
  await expect(page.getByText('经 Excel 校对')).toBeVisible()
  await picture(page, 'scheme')
})

test('hosts, depth and chain; in the dark, on a narrow window, in English', async ({ page }) => {
  await signIn(page, server, office.user, office.password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  await page.goto(`${server.base}/console/contests/${at.contest}/hosts`)
  await page.getByRole('button', { name: /填写联系人 江城港务/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('联系人').fill('江联络（虚构）')
  await dialog.getByLabel('电话').fill('打电话')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(dialog.getByText('不是有效的电话号码')).toBeVisible()
  await dialog.getByLabel('电话').fill('027-0000 0000')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('row', { name: /江联络/ })).toBeVisible()
  await sound(page, 'hosts')
  await picture(page, 'hosts')

  await page.goto(`${server.base}/console/events/${at.events.barista}`)
  await page.getByRole('button', { name: '修改赛项' }).click()
  await page.getByLabel('使用深度').selectOption('纸面评分录入')
  await page.getByLabel('流程要求').selectOption({ index: 0 })
  await sound(page, 'the form of an event')
  await picture(page, 'event-form')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await page.getByRole('link', { name: '备案', exact: true }).click()
  await expect(page.getByText('纸面评分录入 · 完整')).toBeVisible()

  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(`${server.base}/console/plan`)
  await expect(page.getByRole('row', { name: /咖啡师/ })).toBeVisible()
  await sound(page, 'the plan in the dark')
  await picture(page, 'plan-dark')
  await page.getByRole('link', { name: /咖啡师/ }).click()
  await expect(page.getByRole('heading', { name: '计划与备案' })).toBeVisible()
  await sound(page, 'a filing in the dark')
  await page.setViewportSize({ width: 420, height: 900 })
  await sound(page, 'a filing on a narrow window')
  await picture(page, 'filing-narrow')
  await page.goto(`${server.base}/console/plan`)
  await expect(page.getByRole('row', { name: /咖啡师/ })).toBeVisible()
  await sound(page, 'the plan on a narrow window')
  await picture(page, 'plan-narrow')
})
