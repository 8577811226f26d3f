import { expect, test, type Page } from '@playwright/test'
import { signIn, sound } from './console.tools'
import { draft, fair, idNumber, person, phone, sheetHead, sheetRow, workbook, type Fair } from './registration.tools'
import { Server, type Account } from './server'

// The desk of registration: host and office decide, terms are written, lists come from Excel, a number is shown.

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
  for (const n of [1, 2, 3, 4]) {
    const body = { event: at.events.welder, ...draft(n, n === 2 ? { city_years: 0 } : {}) }
    await server.call('POST', '/api/v1/public/registrations', body, '')
  }
})
test.afterAll(() => server?.stop())

const picture = (page: Page, name: string) =>
  process.env.PICTURES ? page.screenshot({ path: `${process.env.PICTURES}/${name}.png`, fullPage: true }) : undefined
const list = () => `${server.base}/console/events/${at.events.welder}/registrations`

async function enter(page: Page, who: Account): Promise<void> {
  await signIn(page, server, who.user, who.password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
}

test('host and office decide on many, and what the office approves are entries', async ({ page }) => {
  test.setTimeout(120_000)
  await enter(page, host)
  await page.goto(list())
  await expect(page.getByRole('row', { name: /曾小雨/ })).toContainText('待承办审核')
  await sound(page, 'list')
  await picture(page, 'desk-list')
  await page.getByRole('link', { name: '曾小雨' }).focus()
  await page.keyboard.press('Enter') // /registrations/:id
  await expect(page.getByRole('heading', { name: '曾小雨' })).toBeVisible()
  await expect(page.getByText(/42\*{13}\w{3}/)).toBeVisible()
  await sound(page, 'one')
  await page.getByRole('button', { name: '退回修改' }).click()
  await page.getByRole('dialog').getByLabel('原因').fill('请补充岗位')
  await page.getByRole('dialog').getByRole('button', { name: '退回修改' }).click()
  await expect(page.getByText('请补充岗位').first()).toBeVisible()

  await page.goto(list())
  await page.getByRole('button', { name: /^待承办审核/ }).click()
  await expect(page.getByRole('row', { name: /曾小雨/ })).toHaveCount(0)
  await page.getByLabel('选择本页全部').check()
  await expect(page.getByText('已选 3 份')).toBeVisible()
  await page.getByRole('button', { name: '通过', exact: true }).click()
  await sound(page, 'decision')
  await page.getByRole('dialog').getByRole('button', { name: '通过' }).click()
  await expect(page.getByText('已办理 3 份')).toBeVisible()

  // The office's rung is not the host's: all or none, and why, by name.
  await page.getByRole('button', { name: /^待组委会审核/ }).click()
  await page.getByLabel('选择本页全部').check()
  await page.getByRole('button', { name: '通过', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '通过' }).click()
  await expect(page.getByText('欧阳安：这一步不由您审核')).toBeVisible()
  await sound(page, 'decision refused')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '退出登录' }).click()

  await enter(page, office)
  await page.goto(list())
  await page.getByRole('button', { name: /^待组委会审核/ }).click()
  await page.getByLabel('选择本页全部').check()
  await page.getByRole('button', { name: '通过', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '通过' }).click()
  await page.getByRole('button', { name: /^已通过/ }).click()
  await expect(page.getByRole('row', { name: /欧阳安/ })).toContainText(/\d{3}/)
  const entries = await server.call<{ entries: { name: string }[] }>(
    'GET',
    `/api/v1/events/${at.events.welder}/entries`,
  )
  expect(entries.entries.map((e) => e.name)).toContain('欧阳安')
})

test('what was returned is corrected by staff, with every fault at its field', async ({ page }) => {
  const made = `/api/v1/events/${at.events.welder}/registrations`
  const body = { registrations: [draft(30, { name: '司马匠' })] }
  const { registrations } = await server.call<{ registrations: { id: string }[] }>('POST', made, body, host.token)
  const returned = { act: 'return', reason: '请补充岗位', registrations: [{ id: registrations[0]?.id, version: 1 }] }
  await server.call('POST', `${made}/decisions`, returned, host.token)
  await enter(page, host)
  await page.goto(list())
  await page.getByRole('link', { name: '司马匠' }).click()
  await page.getByRole('button', { name: '修改并提交' }).click()
  await page.getByLabel('岗位').fill('电焊工')
  await page.getByLabel('手机号').fill('027-1234')
  await page.getByRole('button', { name: '修改并提交' }).click()
  await expect(page.getByText('不是有效的手机号')).toBeVisible()
  await expect(page.getByText('请确认所填内容真实')).toBeVisible()
  await sound(page, 'correction')
  await picture(page, 'desk-correction')
  await page.getByLabel('手机号').fill('')
  await page.getByLabel('本人已承诺内容真实').check()
  await page.getByLabel(/本人已同意个人信息告知书（2026-1）/).check()
  await page.getByRole('button', { name: '修改并提交' }).click()
  await expect(page.getByText('修改后重新提交')).toBeVisible()
  await expect(page.getByText('电焊工')).toBeVisible()
  await expect(page.getByText('待承办审核')).toBeVisible()
})

test('a number is shown with a reason, for half a minute, and it is on record', async ({ page }) => {
  await enter(page, office)
  await page.goto(list())
  await page.getByRole('link', { name: '单春生' }).click()
  await expect(page.getByText('没有人查看过。')).toBeVisible()
  await page.clock.install()
  await page.getByLabel('原因').fill('办理保险')
  await page.getByRole('button', { name: '显示' }).click()
  await expect(page.getByText(idNumber(3))).toBeVisible()
  await expect(page.getByText(phone(3))).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: '办理保险' })).toContainText('我')
  await picture(page, 'desk-one')
  await page.clock.fastForward(31_000)
  await expect(page.getByText(idNumber(3))).toHaveCount(0)
  const { entries } = await server.call<{ entries: { what: string; detail: Record<string, string> }[] }>('GET', '/api/v1/audit') // prettier-ignore
  expect(JSON.stringify(entries.find((e) => e.what === 'registrations.revealed'))).toContain('办理保险')
  expect(JSON.stringify(entries)).not.toContain(idNumber(3))
})

test('who may not see a number is not offered it', async ({ page }) => {
  await enter(page, server.admin)
  await page.goto(list())
  await page.getByRole('link', { name: '单春生' }).click()
  await expect(page.getByRole('heading', { name: '单春生' })).toBeVisible()
  await expect(page.getByRole('button', { name: '显示' })).toHaveCount(0)
})

test('terms: the contest’s are inherited, an event’s own are written, faults stand at their places', async ({
  page,
}) => {
  await enter(page, office)
  const barista = at.events.barista
  await page.goto(`${server.base}/console/events/${barista}/registration-terms`)
  await expect(page.getByText(/本赛项沿用赛事的条件/)).toBeVisible()
  await sound(page, 'terms')
  await page.getByRole('button', { name: '修改', exact: true }).click()
  await page.getByLabel('截止时间').fill('2020-01-01T00:00')
  await page.getByLabel('从事本工种年限 至少').fill('0')
  await page.getByRole('button', { name: '保存为新版本' }).click()
  await expect(page.getByText(/时间先后颠倒/).first()).toBeVisible()
  await expect(page.getByText(/这条规则无法执行/)).toBeVisible()
  await sound(page, 'terms with faults')
  await picture(page, 'desk-terms')
  await page.getByLabel('截止时间').fill('2030-01-01T18:00')
  await page.getByLabel('退回后修改截止').fill('')
  await page.getByLabel('从事本工种年限 至少').fill('3')
  await page.getByLabel('须持证件', { exact: true }).uncheck()
  await page.getByRole('button', { name: '保存为新版本' }).click()
  await expect(page.getByText(/本赛项单独的条件，第 1 版/)).toBeVisible()
  await expect(page.getByText('2030-01-01 18:00').first()).toBeVisible()
  await expect(page.getByText('从事本工种满 3 年')).toBeVisible()
  await page.getByRole('button', { name: '修改', exact: true }).click()
  await page.getByLabel('改动原因').fill('降低门槛')
  await page.getByLabel('从事本工种年限 至少').fill('1')
  await page.getByRole('button', { name: '保存为新版本' }).click()
  await expect(page.getByText(/本赛项单独的条件，第 2 版/)).toBeVisible()
  await expect(page.getByText('降低门槛')).toBeVisible()
})

test('a list from Excel: every fault at its cell, home with its faults, then whole', async ({ page }) => {
  await enter(page, host)
  await page.goto(`${server.base}/console/events/${at.events.welder}/sheets`)
  const put = (name: string, rows: string[][]) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: xlsx, buffer: workbook('报名表', [sheetHead, ...rows]) })
  const row = sheetRow
  const bad = row(22, '解文海', { 证件号码: '110105194912310021', 手机号: '027-1234' })
  await put('faulty.xlsx', [row(21, '查秋月'), bad, row(1, '梁志远')])
  await expect(page.getByText('有 3 处问题，未导入')).toBeVisible()
  await expect(page.getByRole('row', { name: /报名表 第 3 行 B 列/ })).toContainText('校验位不符')
  await expect(page.getByRole('row', { name: /报名表 第 4 行 B 列/ })).toContainText('此人已报名')
  await sound(page, 'sheet with faults')
  await picture(page, 'desk-sheet')
  const [home] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载标注了问题的表格' }).click(),
  ])
  expect(home.suggestedFilename()).toBe('faulty.xlsx')
  await put('good.xlsx', [row(21, '查秋月'), row(22, '解文海')])
  await expect(page.getByText('没有发现问题')).toBeVisible()
  await page.getByRole('button', { name: '导入 2 行' }).click()
  await expect(page.getByText('已导入 2 行')).toBeVisible()
  await put('good.xlsx', [row(21, '查秋月'), row(22, '解文海')])
  await expect(page.getByText('这个文件导入过了').first()).toBeVisible()
  await page.goto(list())
  await expect(page.getByRole('row', { name: /查秋月/ }).last()).toContainText('单位名单')
})

test('plain entries and judges from Excel', async ({ page }) => {
  await enter(page, host)
  await page.goto(`${server.base}/console/events/${at.events.welder}/sheets`)
  await page.getByRole('button', { name: '参赛名单（不含证件）' }).click()
  const [template] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载空白表格' }).click(),
  ])
  expect(template.suggestedFilename()).toBe('参赛名单（不含证件）.xlsx')
  const file = workbook('参赛名单', [
    ['参赛号', '参赛者', '单位代码'],
    ['', '司徒工', ''],
    ['', '上官匠', ''],
  ])
  await page.locator('input[type=file]').setInputFiles({ name: 'entries.xlsx', mimeType: xlsx, buffer: file })
  await page.getByRole('button', { name: '导入 2 行' }).click()
  await expect(page.getByText('已导入 2 行')).toBeVisible()
  await page.goto(`${server.base}/console/events/${at.events.welder}/entries`)
  await expect(page.getByRole('row', { name: /上官匠/ })).toBeVisible()
})

for (const [lang, theme, width] of [
  ['en', 'dark', 1280],
  ['zh-CN', 'dark', 1024],
  ['en', 'light', 900],
] as const) {
  test(`axe finds nothing, ${lang}, ${theme}, ${width} wide`, async ({ page }) => {
    test.setTimeout(120_000)
    await page.setViewportSize({ width, height: 800 })
    await enter(page, office)
    const { registrations } = await server.call<{ registrations: { id: string }[] }>('GET', `/api/v1/events/${at.events.welder}/registrations`) // prettier-ignore
    const event = `events/${at.events.welder}`
    for (const [name, path] of [
      ['list', `${event}/registrations`],
      ['one', `${event}/registrations/${registrations[0]?.id}`],
      ['terms', `${event}/registration-terms`],
      ['sheets', `${event}/sheets`],
      ['contest-terms', `contests/${at.contest}/registration-terms`],
      ['units', `contests/${at.contest}/sheets`],
    ] as const) {
      await page.goto(`${server.base}/console/${path}?lang=${lang}&theme=${theme}`)
      await page.locator('main .box').first().waitFor()
      await expect(page.locator('main .wait[role=status]')).toHaveCount(0)
      if (name.endsWith('terms')) await page.getByRole('button', { name: /^(修改|Edit)$/ }).click()
      await sound(page, name)
      await picture(page, `desk-${name}-${lang}-${theme}-${width}`)
    }
  })
}
