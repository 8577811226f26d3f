import { expect, test, type Browser, type Page } from '@playwright/test'
import { signIn, sound } from './console.tools'
import { Server } from './server'

// A nominee's way through the console, each step by its own people, and what everybody may read of it.

let server: Server
const secret = 'porcelain-and-ink-27'
const people = {
  office: ['union_office', '办公室甲'],
  office2: ['union_office', '办公室乙'],
  office3: ['union_office', '办公室丙'],
  steward: ['unit_union', '船厂工会'],
  county: ['county_union', '区总工会'],
  member: ['committee', '评委甲'],
} as const
type User = keyof typeof people

test.use({ viewport: { width: 1280, height: 800 } })
test.describe.configure({ mode: 'serial' })

/** The smallest PDF there is, which is all that a minute needs here. */
const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.4 ${name}`) })
const day = (n: number) => new Date(Date.now() + 8 * 3_600_000 + n * 86_400_000).toISOString().slice(0, 10)

test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  for (const [user, [role, name]] of Object.entries(people)) {
    await server.call('POST', '/api/v1/accounts', { user, name, password: secret, grants: [{ role }] })
    const first = await server.call<{ token: string }>('POST', '/api/v1/sessions', { user, password: secret })
    await server
      .call('PUT', '/api/v1/accounts/current/password', { old: secret, new: secret + '!' }, first.token)
      .catch(() => undefined)
  }
})
test.afterAll(() => server?.stop())

/** A page of its own for each person. */
async function as(browser: Browser, user: User): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })).newPage()
  await signIn(page, server, user, secret + '!')
  await expect(page.getByRole('link', { name: '评选表彰' })).toBeVisible()
  return page
}
const pick = (page: Page, name: string) => page.getByRole('dialog').getByLabel(name, { exact: true })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const confirm = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click()

let nomination = ''

test('the office founds the unions and begins a campaign', async ({ browser }) => {
  const page = await as(browser, 'office')
  await page.goto(`${server.base}/console/honours/unions`)
  await expect(page.getByText('还没有工会组织')).toBeVisible()
  for (const [name, code, kind, parent, who] of [
    ['江东区总工会', 'JD', '县（市、区）工会', '', '区总工会'],
    ['江城造船厂工会', 'JD-01', '基层工会', '江东区总工会', '船厂工会'],
  ] as const) {
    await press(page, '添加工会')
    await pick(page, '名称').fill(name)
    await pick(page, '编号').fill(code)
    await pick(page, '层级').selectOption(kind)
    if (parent) await pick(page, '上级工会').selectOption(parent)
    else await pick(page, '会员数').fill('182400')
    await page.getByRole('dialog').getByLabel(who).check()
    await confirm(page, '保存')
    await expect(page.getByRole('row', { name: new RegExp(name) }).first()).toBeVisible()
  }
  await sound(page, 'unions')
  await page.goto(`${server.base}/console/honours`)
  await press(page, '发起评选')
  await pick(page, '评选程序').selectOption('市五一劳动奖章')
  await pick(page, '名称').fill('2026年市五一劳动奖章评选')
  await pick(page, '性质').selectOption('演示')
  await pick(page, '评委会人数').fill('1')
  await confirm(page, '发起')
  await expect(page.getByRole('heading', { name: '2026年市五一劳动奖章评选' })).toBeVisible()
  await page.getByRole('button', { name: '调整', exact: true }).click()
  await pick(page, '名额').fill('12')
  await pick(page, '调整理由（写入流程记录）').fill('主席办公会决定')
  await confirm(page, '调整')
  await expect(page.getByText('名额 12')).toBeVisible()
  await page.context().close()
})

test('the union nominates, votes and holds its congress', async ({ browser }) => {
  const page = await as(browser, 'steward')
  await page.goto(`${server.base}/console/honours`)
  await page.getByRole('link', { name: '2026年市五一劳动奖章评选' }).click()
  await press(page, '推荐人选')
  await pick(page, '人选').fill('梁志远')
  await pick(page, '单位').fill('江城造船厂')
  await pick(page, '人员标识').fill('JC-0417')
  await pick(page, '类别').selectOption('一线职工')
  for (const trait of ['一线职工', '女职工', '农民工']) await page.getByRole('dialog').getByLabel(trait).check()
  await pick(page, '主要事迹').fill('焊工，二十一年守在船台。')
  await confirm(page, '推荐人选')
  await page.getByRole('link', { name: '梁志远' }).click()
  await expect(page.getByRole('heading', { name: '梁志远' })).toBeVisible()
  nomination = page.url()
  await page.getByLabel('上传材料').setInputFiles(pdf('事迹材料.pdf'))
  await expect(page.getByRole('button', { name: '事迹材料.pdf' })).toBeVisible()
  await press(page, '提交')
  await confirm(page, '提交')
  await press(page, '登记民主推荐结果')
  await pick(page, '同意').fill('20')
  await pick(page, '反对').fill('11')
  await expect(page.getByText('未达到，将终止推荐')).toBeVisible()
  await pick(page, '反对').fill('8')
  await pick(page, '弃权').fill('2')
  await expect(page.getByText('同意 20 / 30，达到')).toBeVisible()
  await sound(page, 'the vote')
  await confirm(page, '登记民主推荐结果')
  await press(page, '登记职代会结果')
  await pick(page, '同意').fill('118')
  await pick(page, '召开日期').fill(day(-30))
  await page.getByLabel('会议纪要（扫描件）').setInputFiles(pdf('纪要.pdf'))
  await confirm(page, '登记职代会结果')
  await expect(page.getByRole('button', { name: '发布公示' })).toBeVisible()
  await expect(page.getByRole('button', { name: '补录线下公示' })).toHaveCount(0)
  await page.context().close()
})

test('the notice ran on paper; county, departments and committee have their say', async ({ browser }) => {
  test.setTimeout(120_000)
  const office = await as(browser, 'office')
  await office.goto(nomination)
  await press(office, '补录线下公示')
  await pick(office, '公示地点').fill('厂区东门公告栏')
  await pick(office, '开始日期').fill(day(-21))
  await pick(office, '结束日期').fill(day(-20))
  await office.getByLabel('公示证明（盖章扫描件）').setInputFiles(pdf('公示证明.pdf'))
  await pick(office, '补录理由').fill('系统启用前已公示')
  await confirm(office, '线下公示补录')
  await expect(office.getByRole('dialog')).toContainText('公示不足规定的工作日')
  await sound(office, 'a notice too short')
  await pick(office, '结束日期').fill(day(-10))
  await confirm(office, '线下公示补录')
  await press(office, '结束公示')
  await expect(office.getByText('公示无异议')).toBeVisible()

  const county = await as(browser, 'county')
  await county.goto(nomination)
  await press(county, '通过')
  await confirm(county, '通过')
  await expect(county.getByText('现在没有轮到您办理的事项')).toBeVisible()
  await county.context().close()

  await office.reload()
  await press(office, '登记部门意见')
  await pick(office, '文号').fill('江公函〔2026〕18号')
  await pick(office, '出具日期').fill(day(-3))
  await pick(office, '有效期至').fill(day(60))
  await confirm(office, '登记部门意见')
  await press(office, '意见已齐，通过')
  await confirm(office, '意见已齐，通过')
  await press(office, '通过')
  await confirm(office, '通过')
  await expect(office.getByRole('button', { name: '计票' })).toBeDisabled() // who reviewed first does not count
  await office.context().close()

  const member = await as(browser, 'member')
  await member.goto(nomination)
  await press(member, '投票')
  await member.getByRole('dialog').getByLabel('同意').check()
  await sound(member, 'the ballot')
  await confirm(member, '投出')
  await expect(member.getByText('已投 1 / 1 票')).toBeVisible()
  await expect(member.getByRole('button', { name: '投票' })).toBeDisabled()
  await member.context().close()
})

test('the city’s notice runs in public, and an objection blocks it', async ({ browser, page }) => {
  test.setTimeout(120_000)
  const office = await as(browser, 'office2')
  await office.goto(nomination)
  await press(office, '计票')
  await confirm(office, '计票')
  await office.getByRole('link', { name: '2026年市五一劳动奖章评选' }).click()
  await office.getByRole('button', { name: /发布公示/ }).click()
  await pick(office, '公示地点').fill('市总工会网站')
  await confirm(office, '发布公示')
  await expect(office.getByText('公示中')).toBeVisible()

  await page.setViewportSize({ width: 375, height: 740 })
  await page.goto(`${server.base}/notices`)
  await expect(page.getByText('梁志远')).toBeVisible()
  await sound(page, 'notices, 375 wide')
  await page.getByRole('button', { name: '提出异议' }).click()
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await expect(page.getByText('请写明情况')).toBeVisible()
  await page.getByLabel('情况反映').fill('业绩表述请核实。')
  await page.getByLabel('姓名').fill('曾秋实')
  await page.getByLabel('单位').fill('江城造船厂')
  await sound(page, 'the objection, 375 wide')
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await expect(page.getByText('受理编号')).toBeVisible()

  await office.reload()
  await expect(office.getByText('业绩表述请核实。')).toBeVisible()
  await expect(office.getByText('曾秋实')).toBeVisible()
  await press(office, '处理')
  await pick(office, '调查结论').fill('经核实表述准确')
  await confirm(office, '不属实，继续')
  await expect(office.getByText('经核实表述准确')).toBeVisible()
  await office.context().close()
})

test('the office files a contest that it has no part in, by its name', async ({ browser }) => {
  const { contest } = await server.call<{ contest: { id: string } }>('POST', '/api/v1/contests', {
    code: 'city-26',
    name: '匠城市职工职业技能大赛',
    kind: 'real',
  })
  const trade = { code: 'weld', trade: '焊工', stage: 'final', depth: 'results' }
  await server.call('POST', `/api/v1/contests/${contest.id}/events`, trade)
  const page = await as(browser, 'office')
  await page.goto(`${server.base}/console/honours/filings`)
  await press(page, '竞赛备案')
  await page.getByLabel('赛事', { exact: true }).selectOption('匠城市职工职业技能大赛')
  await page.getByLabel('赛项', { exact: true }).selectOption('焊工 · 决赛')
  await page.getByLabel('荣誉规则', { exact: true }).selectOption({ index: 1 })
  await press(page, '备案')
  const row = page.getByRole('row', { name: '匠城市职工职业技能大赛' })
  await expect(row).toContainText('焊工 · 决赛')
  await expect(page.locator('main')).not.toContainText(contest.id)
})

for (const [lang, theme, width] of [
  ['zh-CN', 'light', 1280],
  ['en', 'dark', 1280],
  ['en', 'light', 1024],
  ['zh-CN', 'dark', 800],
] as const) {
  test(`axe finds nothing in honours, ${lang}, ${theme}, ${width} wide`, async ({ page }) => {
    test.setTimeout(120_000)
    await signIn(page, server, 'office3', secret + '!')
    await expect(page.getByRole('link', { name: '评选表彰' })).toBeVisible()
    await page.setViewportSize({ width, height: 800 })
    const campaign = await server.call<{ campaigns: { id: string }[] }>('GET', '/api/v1/honours/campaigns')
    const tabs = ['', '/proposals', '/filings', '/unions', '/register', '/calendar']
    const pages = [
      ...tabs.map((t) => `${server.base}/console/honours${t}`),
      `${server.base}/console/honours/campaigns/${campaign.campaigns[0]?.id}`,
      nomination,
    ]
    for (const url of pages) {
      await page.goto(`${url}?lang=${lang}&theme=${theme}`)
      await page.locator('main .box').first().waitFor()
      await expect(page.locator('main .wait[role=status]')).toHaveCount(0)
      await sound(page, url)
    }
    await page.setViewportSize({ width: Math.min(width, 375), height: 740 })
    for (const hash of ['#/', '#/honours']) {
      await page.goto(`${server.base}/notices?lang=${lang}&theme=${theme}${hash}`)
      await page.locator('main .notice, main .none').first().waitFor()
      await sound(page, `notices ${hash}`)
    }
  })
}
