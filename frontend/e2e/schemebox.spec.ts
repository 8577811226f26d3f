import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { signIn, sound } from './console.tools'
import { Server } from './server'

// One box takes what people have: a table in Word, a sheet of eleven columns, our own workbook, JSON; it says which it
// is, names what it did not understand, and lets it be changed right there before anything is saved.

const sheets = resolve(import.meta.dirname, '../../server/programme/programmeweb/marktable/testdata/sheets')
let server: Server
let contest: string
let events = 0

test.use({ viewport: { width: 1360, height: 900 } })
test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  const made = await server.call<{ contest: { id: string } }>('POST', '/api/v1/contests', {
    code: 'city-26',
    name: '江城职工技能竞赛',
    kind: 'rehearsal',
  })
  contest = made.contest.id
})
test.afterAll(() => server?.stop())

const picture = (page: Page, name: string) =>
  process.env.PICTURES ? page.screenshot({ path: `${process.env.PICTURES}/${name}.png`, fullPage: true }) : undefined
const drop = (page: Page, name: string, buffer: Buffer) =>
  page.locator('input[type=file][accept*=".docx"]').setInputFiles({ name, mimeType: '', buffer })

async function open(page: Page): Promise<string> {
  const made = await server.call<{ event: { id: string } }>('POST', `/api/v1/contests/${contest}/events`, {
    code: `W-${++events}`,
    trade: '焊工',
  })
  await signIn(page, server, server.admin.user, server.admin.password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  await page.goto(`${server.base}/console/events/${made.event.id}/scheme`)
  await expect(page.getByRole('heading', { name: '读入评分标准' })).toBeVisible()
  return made.event.id
}

test('a table in Word is read, the cell that was not understood is changed, and the scheme taken over', async ({
  page,
}) => {
  test.setTimeout(120_000)
  const event = await open(page)
  await drop(page, '01-welding-plate.docx', readFileSync(`${sheets}/01-welding-plate.docx`))
  const found = page.getByRole('region', { name: '01-welding-plate.docx' })
  await expect(found).toContainText('配分评分表')
  await expect(found).toContainText('合计 100 分')
  await expect(found.getByRole('heading', { name: '1 格没有读懂' })).toBeVisible()
  const cell = found.getByRole('row', { name: /表1 第 7 行 5 列/ })
  await expect(cell).toContainText('咬边')
  await sound(page, 'a table that was read')
  await picture(page, 'schemebox-table')

  // By keyboard: open the change, choose a kind, apply.
  await cell.locator('summary').focus()
  await page.keyboard.press('Enter')
  await cell.getByLabel('评分方式').selectOption('counted')
  await cell.getByLabel('每次扣').fill('两')
  await expect(cell.getByRole('button', { name: '改好' })).toBeDisabled()
  await cell.getByLabel('每次扣').fill('2')
  await cell.getByLabel('每次扣').press('Enter')
  await expect(cell).toContainText('已改')
  await sound(page, 'a cell that was changed')

  // Who marks: a new panel for all, one module for the old one.
  await found.getByLabel('另加裁判组').fill('外观组')
  await found.getByRole('button', { name: '添加' }).click()
  await found.getByLabel('全部评分点').selectOption('外观组')
  await found.getByText('各模块分别选').click()
  await expect(found.getByLabel(/^焊缝外观/)).toHaveValue('panel1')
  await expect(page.locator('details.read')).toContainText('外观组')
  await picture(page, 'schemebox-edited')
  await found.getByRole('button', { name: '采用为评分标准' }).click()
  await expect(page.getByText('评分标准已保存')).toBeVisible()
  await expect(page.getByText('第 1 版')).toBeVisible()
  await expect(found).toHaveCount(0)
  const { text } = await server.call<{ text: string }>('GET', `/api/v1/events/${event}/scheme`)
  const scheme = JSON.parse(text) as { panels: { name: { zh: string } }[] }
  expect(scheme.panels.map((p) => p.name.zh)).toEqual(['外观组'])
  expect(text).toContain('"kind": "counted"')
})

test('a sheet of eleven columns goes out, says what it left out, and comes back with its differences', async ({
  page,
}) => {
  test.setTimeout(120_000)
  const event = await open(page)
  const trades = await server.call<{ trades: { scheme: string }[] }>('GET', '/api/v1/trades?templates=1&q=焊工')
  const template = await server.call('GET', `/api/v1/trades/${trades.trades[0]?.scheme}/scheme`)
  await server.call('PUT', `/api/v1/events/${event}/scheme`, template)
  await page.reload()
  await page.getByRole('button', { name: '查看它没有表达的内容' }).click()
  const lost = page.getByRole('dialog', { name: '十一列评分表没有表达的内容' })
  await expect(lost).toContainText('处没有表达')
  await expect(lost.getByRole('row', { name: /评分方式/ }).first()).toBeVisible()
  await sound(page, 'what is lost')
  await picture(page, 'schemebox-lost')
  await page.keyboard.press('Escape')
  await expect(lost).toHaveCount(0)

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出十一列评分表' }).click(),
  ])
  await drop(page, 'columns.xlsx', readFileSync(await saved.path()))
  const found = page.getByRole('region', { name: 'columns.xlsx' })
  await expect(found).toContainText('十一列评分表')
  await expect(found).toContainText('每一格都读懂了')
  await expect(page.getByRole('heading', { name: '草稿与第 1 版的差别' })).toBeVisible()
  await page.emulateMedia({ colorScheme: 'dark' })
  await sound(page, 'eleven columns in the dark')
  await picture(page, 'schemebox-columns-dark')
  await found.getByRole('button', { name: '采用为评分标准' }).click()
  await expect(page.getByText('第 2 版')).toHaveCount(0) // a new version asks for a reason
  await found.getByLabel('改版理由').fill('改用十一列评分表')
  await found.getByRole('button', { name: '采用为评分标准' }).click()
  await expect(page.getByText('第 2 版')).toBeVisible()
})

test('what is no scheme is told with its code, wrong JSON with its places; in English, on a narrow window', async ({
  page,
}) => {
  await open(page)
  await drop(page, 'photo.xlsx', Buffer.from('no workbook'))
  await expect(page.getByRole('alert')).toBeVisible()
  await drop(page, 'names.xlsx', readFileSync(`${sheets}/02-turning.xlsx`).subarray(0, 900))
  await expect(page.getByRole('alert')).toBeVisible()
  await page.setViewportSize({ width: 390, height: 800 })
  await drop(page, 'scheme.json', Buffer.from('{"format":"jiangtai.scheme/1"}'))
  await expect(page.getByRole('alert')).toContainText('/components')
  await expect(page.getByRole('button', { name: '采用为评分标准' })).toHaveCount(0)
  await sound(page, 'a scheme with faults, narrow')
  await page.getByRole('button', { name: '不用' }).click()
  await drop(page, '02-turning.xlsx', readFileSync(`${sheets}/02-turning.xlsx`))
  await expect(page.getByRole('region', { name: '02-turning.xlsx' })).toContainText('每一格都读懂了')
  await sound(page, 'a workbook, narrow')
  await picture(page, 'schemebox-narrow')
})
