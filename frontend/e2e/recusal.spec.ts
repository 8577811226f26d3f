import { expect, test, type Page } from '@playwright/test'
import { packed, signIn, sound } from './console.tools'
import { Server } from './server'

// 回避: ties are declared on the page, one judge is replaced, one tie withdrawn; from the opening on nobody sees them;
// behind the unsealing the marks are left out, and what the ledger refuses two persons decide.

let server: Server
let event = ''
const password = 'porcelain-and-ink-26'

test.use({ viewport: { width: 1280, height: 800 } })
test.describe.configure({ mode: 'serial' })

async function account(user: string, name: string, grant: object): Promise<void> {
  const made = await server.call<{ password: string }>('POST', '/api/v1/accounts', { user, name, grants: [grant] })
  const first = await server.call<{ token: string }>('POST', '/api/v1/sessions', { user, password: made.password }, '')
  await server.call('PUT', '/api/v1/accounts/current/password', { old: made.password, new: password }, first.token)
}

async function visit(page: Page, user: string): Promise<void> {
  await signIn(page, server, user, password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  await page.goto(`${server.base}/console/events/${event}/recusals`)
}

/** The pages of both themes; a theme is what the system says. */
async function soundInBoth(page: Page, where: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await sound(page, `${where}, ${colorScheme}`)
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

async function second(page: Page, user: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('用户名').fill(user)
  await dialog.getByLabel('密码', { exact: true }).fill(password)
}

const act = (body: object) =>
  server.call('POST', `/api/v1/events/${event}/acts`, { act_id: crypto.randomUUID(), ...body })

test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  const made = await server.call<{ contest: { id: string } }>('POST', '/api/v1/packages', new Uint8Array(packed()))
  const contest = made.contest.id
  const list = await server.call<{ events: { id: string; code: string }[] }>(
    'GET',
    `/api/v1/contests/${contest}/events`,
  )
  event = list.events.find((e) => e.code === 'welder')?.id ?? ''
  await account('office', '组委会', { role: 'organiser', contest })
  await account('watch', '监督员', { role: 'supervisor', contest })
  await account('chief', '裁判长', { role: 'chief_judge', contest, event })
})
test.afterAll(() => server?.stop())

test('ties are declared, proposed, replaced and withdrawn', async ({ page }) => {
  await visit(page, 'office')
  const judges = page.getByRole('region', { name: '裁判', exact: true })
  await judges.getByLabel('江一评的工作单位').selectOption({ label: '江城造船厂（虚构）' })
  await expect(judges.getByText('本单位 1 人参赛，建议申报')).toBeVisible()
  await judges.getByRole('button', { name: '申报现单位回避' }).click()
  await expect(judges.getByText('1 项申报')).toBeVisible()

  const form = page.getByRole('region', { name: '申报一项' })
  const declare = async (judge: string, kind: string, person: string) => {
    await form.getByLabel('裁判').selectOption({ label: judge })
    await form.getByLabel('情形').selectOption({ label: kind })
    await form.getByLabel('选手').selectOption({ label: person })
    await form.getByLabel('理由').fill('本人申报表所载')
    await form.getByRole('button', { name: '申报', exact: true }).click()
    await expect(page.getByText(`已申报：${judge}`).first()).toBeVisible()
  }
  await declare('江四量', '师徒', '002 曾小雨 · 江城轨道交通集团有限公司（虚构）')
  await declare('江二评', '亲属', '003 欧阳安 · 江城港区总工会（虚构）')
  await declare('江三评', '亲属', '001 梁志远 · 江城造船厂（虚构）')
  await soundInBoth(page, 'declaring')

  const list = page.getByRole('region', { name: '已申报' })
  await list
    .getByRole('row', { name: /江二评/ })
    .getByRole('button', { name: '换人' })
    .click()
  await page.getByLabel('换上的裁判').fill('何五换')
  await page.getByRole('dialog').getByRole('button', { name: '换人' }).click()
  await expect(list.getByText('已换人 何五换')).toBeVisible()
  await list
    .getByRole('row', { name: /江三评/ })
    .getByRole('button', { name: '撤回' })
    .click()
  await page.getByRole('dialog').getByLabel('理由').fill('同名，认错了人')
  await second(page, 'watch')
  await page.getByRole('dialog').getByRole('button', { name: /撤回/ }).click()
  await expect(list.getByText('已撤回：同名，认错了人（组委会、监督员）')).toBeVisible()
  await soundInBoth(page, 'declared')
  await page.setViewportSize({ width: 375, height: 740 })
  await sound(page, 'declared, on a phone')
})

test('the chief judge sees none of it', async ({ page }) => {
  await visit(page, 'chief')
  await expect(page.getByText('启封后裁判长在这里看到结果')).toBeVisible()
  await expect(page.getByText('江四量')).toHaveCount(0)
})

test('from the opening on it is sealed for everybody', async ({ page }) => {
  await act({ act: 'open' })
  for (const user of ['office', 'watch', 'chief']) {
    await visit(page, user)
    await expect(page.getByText('回避申报已封存')).toBeVisible()
    await expect(page.getByText('江四量')).toHaveCount(0)
    await page.context().clearCookies()
  }
})

test('unsealed: marks are left out, and two decide of what is refused', async ({ page }) => {
  const watch = { user: 'watch', password }
  await act({ act: 'lock', second: watch })
  await act({ act: 'unseal', second: watch })
  await visit(page, 'watch')
  const box = page.getByRole('region', { name: '启封后的处理' })
  await expect(box.getByRole('row', { name: /江一评.*001 梁志远/ })).toContainText('已剔除打分')
  const open = box.getByRole('row', { name: /江四量.*002 曾小雨/ })
  await expect(open).toContainText('待裁判长、监督员裁定')
  await expect(box.getByRole('row')).toHaveCount(3) // with the head: who was replaced and what was withdrawn are not there
  await expect(box.getByText('还有 1 项没有处理完')).toBeVisible()
  await soundInBoth(page, 'unsealed')
  await page.goto(`${server.base}/console/events/${event}/outstanding`)
  await expect(page.getByText('1 项回避没有处理完')).toBeVisible()
  await page.getByRole('link', { name: '去处理回避' }).click()
  await open.getByRole('button', { name: '裁定' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('裁定').selectOption({ label: '保留' })
  await dialog.getByLabel('理由').fill('测量组只此一席，读数有照片')
  await second(page, 'chief')
  await soundInBoth(page, 'a decision')
  await dialog.getByRole('button', { name: '裁定' }).click()
  await expect(open).toContainText('保留，打分有效')
  await expect(open).toContainText('保留：测量组只此一席，读数有照片（监督员、裁判长）')
  await expect(box.getByText('没有处理完')).toHaveCount(0)
})
