import { expect, test, type Page } from '@playwright/test'
import { mark, packed, signIn, sound } from './console.tools'
import { Server } from './server'

// An organiser's way from the first link to the published result, in one contest that is real.

let server: Server
let page: Page
let codes: string[] = []
const password = 'porcelain-and-ink-26'

test.describe.configure({ mode: 'serial' })
test.use({ viewport: { width: 1280, height: 800 } })

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000)
  server = await Server.fresh()
  page = await browser.newPage({ viewport: { width: 1280, height: 800 }, acceptDownloads: true })
})
test.afterAll(async () => {
  await page?.close()
  await server?.stop()
})

const act = (name: string) =>
  page.locator('.box', { has: page.getByRole('heading', { name: '操作' }) }).getByRole('button', { name, exact: true })
const dialog = () => page.getByRole('dialog')
const upload = (name: string, buffer: Buffer) =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/zip', buffer })

test('the link of the first start makes the administrator and signs him in', async () => {
  await page.goto(`${server.base}/console#setup=${server.link}`)
  await sound(page, 'first administrator')
  await page.getByLabel('姓名').fill('管理员')
  await page.getByLabel('用户名').fill('admin')
  await page.getByLabel('密码', { exact: true }).fill('short')
  await page.getByRole('button', { name: '建立账号并登录' }).click()
  await expect(page.getByText('密码至少 10 位')).toBeVisible()
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '建立账号并登录' }).click()
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  expect(page.url()).not.toContain(server.link)
  await expect(page.getByText('还没有赛事')).toBeVisible()
})

test('a faulty package is told by file, row and column, and writes nothing', async () => {
  await page.getByRole('link', { name: '导入赛事包' }).first().click()
  const faulty = packed({
    'entries.csv': (t) => t.replace('barista,001,,,单青,metro', 'barista,001,,,单青,nowhere').replace('417D', '417A'),
    'judges.csv': (t) => t.replace('welder,gauge,1', 'welder,gouge,1'),
    'schemes/welder.json': (t) => t.replace('"max": "12"', '"max": "13"'),
  })
  await upload('faulty.zip', faulty)
  await expect(page.getByText('有错误，不能导入')).toBeVisible()
  const entries = page.locator('.file', { hasText: 'entries.csv' })
  await expect(entries).toContainText('行 5 列 6')
  await expect(entries).toContainText('没有这个单位')
  await expect(entries).toContainText('行 2 列 4')
  await expect(page.locator('.file', { hasText: 'schemes/welder.json' })).toContainText('/components/0')
  await expect(page.getByRole('button', { name: '导入', exact: true })).toHaveCount(0)
  await sound(page, 'faults')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载错误清单（CSV）' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('faulty.zip.faults.csv')
})

test('a good one is shown before it is imported', async () => {
  await upload('good.zip', packed({ 'contest.json': (t) => t.replace('"rehearsal"', '"real"') }))
  await expect(page.getByText('没有发现错误')).toBeVisible()
  await expect(page.locator('.counts')).toContainText('参赛5')
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('江城市职工职业技能大赛')
  await expect(page.locator('.banner')).toContainText('真实赛事')
  await expect(page.getByRole('row', { name: /咖啡师/ })).toContainText('可开赛')
  await sound(page, 'desk')
})

test('an account for the chief judge: a password shown once, to be changed at the first sign-in', async ({
  browser,
}) => {
  await page.getByRole('link', { name: '账号与权限' }).click()
  await page.getByRole('button', { name: '新建账号' }).click()
  await dialog().getByLabel('姓名').fill('江裁判长')
  await dialog().getByLabel('用户名').fill('chief')
  await dialog().getByRole('button', { name: '加一项权限' }).click()
  await dialog().getByLabel('角色').selectOption('chief_judge')
  await dialog().getByLabel('赛事', { exact: true }).selectOption({ label: '江城市职工职业技能大赛（示例）' })
  await dialog().getByLabel('赛项').selectOption({ label: '咖啡师 · 创意饮品' })
  await sound(page, 'account form')
  await dialog().getByRole('button', { name: '新建', exact: true }).click()
  const once = await dialog().locator('output').innerText()
  await dialog().getByRole('button', { name: '已记下' }).click()
  await expect(page.getByRole('row', { name: /江裁判长/ })).toContainText('待改密码')

  const other = await browser.newPage()
  await signIn(other, server, 'chief', once)
  await expect(other.getByRole('heading', { name: '请先修改密码' })).toBeVisible()
  await other.getByLabel('原密码').fill(once)
  await other.getByLabel('新密码').fill('brass-and-cinnabar-26')
  await other.getByRole('button', { name: '修改密码' }).click()
  await expect(other.getByRole('link', { name: /江城市职工/ })).toBeVisible()
  await expect(other.getByRole('link', { name: '审计' })).toHaveCount(0)
  await other.close()
})

test('the sheet of pairing codes is shown once, and printed without the desk around it', async () => {
  await page.getByRole('link', { name: '赛事', exact: true }).click()
  await page.getByRole('link', { name: /江城市职工/ }).click()
  await page.getByRole('link', { name: '咖啡师' }).click()
  await page.getByRole('link', { name: '配对码' }).first().click()
  await page.getByRole('button', { name: '为全部裁判席生成' }).click()
  await expect(dialog()).toContainText('将生成 3 个配对码')
  await dialog().getByRole('button', { name: '生成配对码' }).click()
  await expect(page.getByRole('img', { name: /配对二维码/ })).toHaveCount(3)
  codes = await page.locator('.code').allInnerTexts()
  expect(codes).toHaveLength(3)
  for (const code of codes) expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  await expect(page.locator('.page li').first()).toContainText('感官组')
  await sound(page, 'pairing sheet')

  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('banner')).toBeHidden()
  await expect(page.locator('.page')).toBeVisible()
  expect((await page.pdf({ format: 'A4', printBackground: true })).length).toBeGreaterThan(5000)
  await page.emulateMedia({ media: 'screen' })

  await page.getByRole('link', { name: '概况' }).click()
  await expect(dialog()).toContainText('离开后不再显示')
  await dialog().getByRole('button', { name: '留下' }).click()
  await expect(page.locator('.code').first()).toHaveText(codes[0]!)
  await page.getByRole('link', { name: '概况' }).click()
  await dialog().getByRole('button', { name: '离开' }).click()
  await expect(page.getByRole('heading', { name: '开赛准备' })).toBeVisible()
})

test('opened; marks come in and are seen at once', async () => {
  await expect(act('锁定成绩')).toHaveAttribute('aria-disabled', 'true')
  await sound(page, 'overview before')
  await act('开赛').click()
  await expect(dialog()).toContainText('从此固定')
  await dialog().getByRole('button', { name: '开赛' }).click()
  await expect(page.locator('header.head .tag').first()).toHaveText('评分中')

  await mark(server, codes[0]!, 'taste', { '001': '8.5', '002': '7' })
  await expect(page.getByRole('row', { name: /单青/ })).toContainText('1/3')
  await mark(server, codes[1]!, 'taste', { '001': '8', '002': '7.25' })
  await mark(server, codes[2]!, 'taste', { '001': '9', '002': '6.75' })
  await expect(page.getByRole('row', { name: /单青/ })).toContainText('8.5')
  await sound(page, 'overview running')
})

test('frozen, and taken back by one press', async () => {
  await act('封榜').click()
  await dialog().getByRole('button', { name: '封榜' }).click()
  await expect(page.locator('header.head')).toContainText('封榜')
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.locator('header.head .tag.ink')).toHaveCount(0)
  await act('封榜').click()
  await dialog().getByRole('button', { name: '封榜' }).click()
  await expect(act('解除封榜')).toBeVisible()
})

test('locked, and published by two persons', async () => {
  await act('锁定成绩').click()
  await expect(dialog()).toContainText('将锁定 6 张评分表')
  await dialog().getByRole('button', { name: '锁定成绩' }).click()
  await expect(page.locator('header.head .tag').first()).toHaveText('已锁定')

  await act('公布成绩').click()
  await expect(dialog().getByRole('group', { name: '第二人' })).toBeVisible()
  await sound(page, 'publish dialog')
  await dialog().getByLabel('用户名').fill('chief')
  await dialog().getByLabel('密码').fill('not the right one')
  await dialog().getByRole('button', { name: '公布成绩' }).click()
  await expect(dialog().getByRole('alert')).toContainText('用户名或密码不对')
  await dialog().getByLabel('密码').fill('brass-and-cinnabar-26')
  await dialog().getByRole('button', { name: '公布成绩' }).click()
  await expect(page.locator('header.head .tag').first()).toHaveText('已公布')
  await expect(act('公布成绩')).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByText('成绩已经公布')).not.toHaveCount(0)

  const standings = await server.call<{ head: { phase: string }; rows: { name: string; total: string }[] }>(
    'GET',
    `/api/v1/public/events/${page.url().split('/').pop()}/standings`,
    undefined,
    '',
  )
  expect(standings.head.phase).toBe('official')
  expect(standings.rows[0]).toMatchObject({ name: '单青', total: '8.50' })
})

test('why this total, the ledger, and its export', async () => {
  await page.getByRole('link', { name: '001' }).click()
  await expect(page.getByRole('heading', { name: '001 的计分过程' })).toBeVisible()
  await expect(page.getByRole('row', { name: /味道/ })).toContainText('8.5')
  await sound(page, 'working')
  await page.getByRole('link', { name: '流水' }).click()
  await expect(page.getByRole('row', { name: /公布成绩/ })).toBeVisible()
  await sound(page, 'records')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出账本' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('ledger-barista.jsonl')
})

test('reopening a published result says what it reaches and wants a reason and two persons', async () => {
  await page.getByRole('link', { name: '概况' }).click()
  await act('重新开放').click()
  await expect(dialog()).toContainText('公众会看到撤回')
  await expect(dialog().getByLabel('理由')).toBeVisible()
  await dialog().getByLabel('理由').fill('复核时发现漏记一项')
  await dialog().getByLabel('用户名').fill('chief')
  await dialog().getByLabel('密码').fill('brass-and-cinnabar-26')
  await dialog().getByRole('button', { name: '重新开放' }).click()
  await expect(page.locator('header.head .tag').first()).toHaveText('评分中')
})
