import { expect, test, type Page } from '@playwright/test'
import { packed, signIn, sound } from './console.tools'
import { Server } from './server'

// 录分: a clerk types the sheets of a chair with the keyboard alone, corrects one, and brings a workbook; an organiser
// records a result list.

let server: Server
const events: Record<string, string> = {}
const clerk = { user: 'clerk-1', password: 'seven-kilns-by-the-river-9' }

test.use({ viewport: { width: 1280, height: 800 } })
test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  const onPaper = (text: string) => text.replace('port-college,tablet', 'port-college,paper')
  const made = await server.call<{ contest: { id: string } }>(
    'POST',
    '/api/v1/packages',
    new Uint8Array(packed({ 'events.csv': onPaper })),
  )
  const contest = made.contest.id
  const list = await server.call<{ events: { id: string; code: string }[] }>(
    'GET',
    `/api/v1/contests/${contest}/events`,
  )
  for (const e of list.events) events[e.code] = e.id
  const act = (event: string) =>
    server.call('POST', `/api/v1/events/${event}/acts`, { act_id: crypto.randomUUID(), act: 'open' })
  await act(events.welder ?? '')
  // One clerk types here: the event says that once is enough.
  await server.call('PUT', `/api/v1/events/${events.welder}/keying/way`, { way: 'single' })
  await account(clerk, 'clerk', { contest, event: events.welder })
  const typing = await server.call<{ event: { id: string } }>('POST', `/api/v1/contests/${contest}/events`, {
    code: 'typing',
    trade: '录入员',
    stage: 'final',
    depth: 'results',
  })
  events.typing = typing.event.id
  await server.call('PUT', `/api/v1/events/${events.typing}/entries`, {
    entries: ['梁志远', '周文静', '何家明'].map((name, i) => ({ entry_no: `00${i + 1}`, name })),
  })
})
test.afterAll(() => server?.stop())

/** An account with one role in the contest, its first password changed as everybody's is. */
async function account(
  who: { user: string; password: string },
  role: string,
  of: { contest: string; event?: string },
): Promise<void> {
  const first = 'to-be-changed-at-once-26'
  const made = await server.call<{ password?: string }>('POST', '/api/v1/accounts', {
    user: who.user,
    name: '录分员',
    password: first,
    grants: [{ role, ...of }],
  })
  const old = made.password ?? first
  const { token } = await server.call<{ token: string }>(
    'POST',
    '/api/v1/sessions',
    { user: who.user, password: old },
    '',
  )
  await server.call('PUT', '/api/v1/accounts/current/password', { old, new: who.password }, token)
}

/** Signs in and waits until it is so. */
async function enter(page: Page, who: { user: string; password: string }): Promise<void> {
  await signIn(page, server, who.user, who.password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
}

const cell = (page: Page, work: string, aspect: string) => page.getByLabel(`${work}，${aspect}`)
const open = (page: Page, event: string, extra = '') =>
  page.goto(`${server.base}/console/events/${events[event]}/entering${extra}`)

test('a sheet is typed with the keyboard alone and every cell says that it is saved', async ({ page }) => {
  await enter(page, clerk)
  await open(page, 'welder')
  await expect(page.getByLabel('录分表')).toContainText('江一评')
  const [first] = await page.locator('tbody input').all()
  const aspects = await page.locator('thead th').allInnerTexts()
  await expect(page.locator('tbody tr').first()).toContainText('086U')
  await first?.focus()
  for (let n = 0; n < (aspects.length - 1) * 3; n++) {
    await page.keyboard.type('5')
    await page.keyboard.press('Enter')
  }
  await expect(page.locator('td.saved')).toHaveCount((aspects.length - 1) * 3)
  await expect(page.getByRole('status').filter({ hasText: '已录' })).toContainText(
    `${(aspects.length - 1) * 3} / ${(aspects.length - 1) * 3}`,
  )
  for (const name of ['梁志远', '曾小雨', '001']) await expect(page.locator('main')).not.toContainText(name)
  await sound(page, 'a typed sheet')
})

test('a value out of range stays in its cell with the reason, a correction asks why', async ({ page }) => {
  await enter(page, clerk)
  await open(page, 'welder')
  const field = page.locator('tbody input').first()
  await expect(field).toHaveValue('5')
  await field.fill('5.5')
  await field.press('Enter')
  const dialog = page.getByRole('dialog', { name: '更正' })
  await expect(dialog).toContainText('086U')
  await expect(dialog.getByRole('button', { name: '更正', exact: true })).toBeDisabled()
  await sound(page, 'a correction')
  await dialog.getByRole('button', { name: '看错行' }).click()
  await dialog.getByRole('button', { name: '更正', exact: true }).click()
  await expect(field).toHaveValue('5.5')
  await expect(page.locator('td').first()).toHaveClass(/saved/)
  await field.fill('500')
  await field.press('Enter')
  await dialog.getByRole('button', { name: '录入笔误' }).click()
  await dialog.getByRole('button', { name: '更正', exact: true }).click()
  await expect(page.locator('td').first()).toContainText('超过了最高分')
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('link', { name: '参赛名单' }).click()
  await expect(page.getByText('尚未保存')).toBeVisible()
  await field.focus()
  await page.keyboard.press('Escape')
  await expect(field).toHaveValue('5.5')
  await page.reload()
  await expect(field).toHaveValue('5.5')
})

test('what the network has lost is sent again as the same mark', async ({ page }) => {
  await enter(page, clerk)
  await open(page, 'welder')
  await page.getByLabel('录分表').selectOption({ index: 1 })
  const field = page.locator('tbody input').first()
  await expect(field).toHaveValue('')
  await page.route('**/marks-sheet', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await field.fill('4')
  await field.press('Enter')
  await expect(page.getByText('没有收到回执')).toBeVisible()
  await page.unroute('**/marks-sheet')
  await page.getByRole('button', { name: '重试' }).click()
  await expect(page.locator('td').first()).toHaveClass(/saved/)
  await expect(page.getByText('没有收到回执')).toHaveCount(0)
})

test('a laboratory’s lines are looked at by line, then all of them are entered, once', async ({ page }) => {
  await enter(page, clerk)
  await open(page, 'welder')
  await page.getByLabel('录分表').selectOption({ index: 1 })
  await expect(page.locator('tbody input').first()).toHaveValue('4')
  const works = await page.locator('tbody th').allInnerTexts()
  const code = ((await page.locator('thead th').nth(1).innerText()).split(' ')[0] ?? '').trim()
  const [, second = '', third = ''] = works.map((w) => w.trim())
  const bring = (...lines: string[]) =>
    page.locator('input[type=file]').setInputFiles({
      name: '测量.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['评审号;评分点;数值', ...lines, ''].join('\r\n')),
    })
  await page.getByRole('button', { name: '导入仪器数据' }).click()
  await bring(`${second};${code};3`, `999Z;${code};3`, `${third};X9.9;3`, `${third};${code};`)
  const faults = page.locator('.faults tbody tr')
  await expect(faults).toHaveCount(3)
  await expect(faults.filter({ hasText: '第 3 行 A 列' })).toHaveCount(1)
  await expect(faults.filter({ hasText: '第 4 行 B 列' })).toContainText('X9.9')
  await expect(faults.filter({ hasText: '第 5 行 C 列' })).toHaveCount(1)
  await expect(page.getByText('有错误，什么都没有录入')).toBeVisible()
  await expect(page.getByRole('button', { name: /^录入 / })).toHaveCount(0)
  await sound(page, 'faults of a list')
  await page.screenshot({ path: test.info().outputPath('list-faults.png') })

  await bring(`${second};${code};3`, `${third};${code};2`)
  await expect(page.locator('dl.counts')).toContainText('新录2')
  await page.screenshot({ path: test.info().outputPath('list.png') })
  await page.getByRole('button', { name: '录入 2 个分数' }).click()
  await expect(page.getByText('已录入 2 个分数')).toBeVisible()
  const columns = (await page.locator('thead th').count()) - 1
  await expect(page.locator('tbody input').nth(columns)).toHaveValue('3')
  await expect(page.locator('tbody input').nth(2 * columns)).toHaveValue('2')
  await page.getByRole('button', { name: '导入仪器数据' }).click()
  await bring(`${second};${code};3`, `${third};${code};2`)
  await expect(page.getByText('这份文件已经录入过')).toBeVisible()
})

test('a result list: the built-in scheme, a workbook with a fault, then the whole list', async ({ page }) => {
  await enter(page, server.admin)
  await open(page, 'typing')
  // An administrator puts nothing in; an organiser does.
  await expect(page.locator('main')).toContainText('您的角色不能这样做')
  const contest = (await server.call<{ event: { contest: string } }>('GET', `/api/v1/events/${events.typing}`)).event
    .contest
  const office = { user: 'office-1', password: 'nine-bridges-and-a-lamp-4' }
  await account(office, 'organiser', { contest })
  await page.context().clearCookies()
  await enter(page, office)
  await open(page, 'typing')
  await page.getByRole('button', { name: '使用内置的单项成绩方案' }).click()
  await expect(page.getByText('尚未开始评分')).toBeVisible()
  await server.call('POST', `/api/v1/events/${events.typing}/acts`, { act_id: crypto.randomUUID(), act: 'open' })
  await page.reload()
  await page.getByRole('button', { name: '导入 Excel' }).click()
  await sound(page, 'an import')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载 Excel' }).click(),
  ])
  const path = await download.path()
  await page.locator('input[type=file]').setInputFiles({
    name: 'list.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from('not a workbook'),
  })
  await expect(page.getByRole('alert')).toContainText('不是 .xlsx 工作簿')
  await page.locator('input[type=file]').setInputFiles({
    name: 'list.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: (await import('node:fs')).readFileSync(path),
  })
  await expect(page.locator('dl.counts')).toContainText('空3')
  await cell(page, '001', 'A1.1 总成绩').fill('88.50')
  await page.keyboard.press('Enter')
  await page.keyboard.type('９２。２５')
  await page.keyboard.press('Enter')
  await page.keyboard.type('-')
  await page.keyboard.press('Enter')
  await expect(page.locator('td.saved')).toHaveCount(3)
  await expect(cell(page, '003', 'A1.1 总成绩')).toHaveValue('未做')
})

for (const [lang, theme, width] of [
  ['zh-CN', 'light', 1280],
  ['en', 'dark', 1280],
  ['zh-CN', 'dark', 760],
] as const) {
  test(`axe finds nothing, ${lang}, ${theme}, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    await enter(page, clerk)
    await open(page, 'welder', `?lang=${lang}&theme=${theme}`)
    await expect(page.locator('tbody input').first()).toHaveValue('5.5')
    await page.getByRole('button', { name: /Excel/ }).last().click()
    await sound(page, 'entering')
    if (process.env.ENTERING_SHOTS)
      await page.screenshot({ path: `${process.env.ENTERING_SHOTS}/${lang}-${theme}-${width}.png` })
  })
}
