import { expect, test, type Page } from '@playwright/test'
import { signIn, sound, zip } from './console.tools'
import { Server } from './server'

// Two stages of one trade, by the page alone: the stage before is chosen, who goes on is taken over, one declines,
// and the numbers of the preliminary are carried over.

let server: Server
let pre = ''
let fin = ''
const password = 'porcelain-and-ink-26'
const names = ['梁志远', '周文静', '何家明', '苏雨', '单青']
const marks = ['95.5', '90', '88.25', '88.25', '60']

test.use({ viewport: { width: 1280, height: 800 } })
test.describe.configure({ mode: 'serial' })

const aspect = (id: string, more: string) =>
  `{"id":"c-${id}","name":{"zh":"${id}"},"criteria":[{"id":"m-${id}","name":{"zh":"${id}"},"subs":[{"id":"s-${id}","name":{"zh":"${id}"},"aspects":[{"id":"${id}","name":{"zh":"${id}"},"kind":"external","max":"100","step":"0.01"${more}}]}]}]}`
const scheme = (advance: string, ...parts: string[]) =>
  `{"format":"jiangtai.scheme/1","name":{"zh":"两阶段"},"panels":[],"composition":"sum",${advance}"components":[${parts.join(',')}]}`

function contest(): Buffer {
  const files: Record<string, string> = {
    'contest.json': '{"code":"two-stages","name":"市赛","kind":"rehearsal"}',
    'events.csv':
      'code,trade,stage,depth,scheme\npre,焊工,preliminary,results,pre\nfin,焊工,final,results,fin\ncook,中式烹调师,final,results,pre\n',
    'units.csv': 'code,name\nu1,江城造船厂\nu2,江城机床厂\n',
    'judges.csv': 'event,panel\n',
    'entries.csv':
      'event,entry_no,name,unit\n' +
      names.map((n, i) => `pre,00${i + 1},${n},u${(i % 2) + 1}\n`).join('') +
      'fin,009,何家明,u1\ncook,001,晏如,u1\n',
    'schemes/pre.json': scheme('"advance":{"first":3},', aspect('day', '')),
    'schemes/fin.json': scheme('', aspect('day', ''), aspect('before', ',"carried":"total"')),
  }
  return zip(Object.entries(files).map(([name, text]) => ({ name, body: Buffer.from(text) })))
}

const act = (event: string, body: object) =>
  server.call('POST', `/api/v1/events/${event}/acts`, { act_id: crypto.randomUUID(), ...body })

/** The office keys the preliminary's numbers in. */
async function key(token: string, numbers: Record<string, string>, reason = ''): Promise<void> {
  const sheet = await server.call<{ rows: { work: string; cells: { mark_id?: string }[] }[] }>(
    'GET',
    `/api/v1/events/${pre}/marks-sheet?kind=results`,
    undefined,
    token,
  )
  const list = Object.entries(numbers).map(([work, value]) => {
    const was = sheet.rows.find((r) => r.work === work)?.cells[0]?.mark_id
    const one = { mark_id: crypto.randomUUID(), work, aspect: 'day', value, version: 1, chair: 0, attempt: 1 }
    return was ? { ...one, supersedes: was, reason } : one
  })
  const { results } = await server.call<{ results: { status: number }[] }>(
    'POST',
    `/api/v1/events/${pre}/marks-sheet`,
    { marks: list },
    token,
  )
  expect(results.map((r) => r.status)).toEqual(list.map(() => 200))
}

let office = ''
test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  const made = await server.call<{ contest: { id: string } }>('POST', '/api/v1/packages', new Uint8Array(contest()))
  const of = made.contest.id
  const list = await server.call<{ events: { id: string; code: string }[] }>('GET', `/api/v1/contests/${of}/events`)
  pre = list.events.find((e) => e.code === 'pre')?.id ?? ''
  fin = list.events.find((e) => e.code === 'fin')?.id ?? ''
  const user = await server.call<{ password: string }>('POST', '/api/v1/accounts', {
    user: 'office',
    name: '办公室',
    grants: [{ role: 'organiser', contest: of }],
  })
  const first = { user: 'office', password: user.password }
  const { token } = await server.call<{ token: string }>('POST', '/api/v1/sessions', first, '')
  await server.call('PUT', '/api/v1/accounts/current/password', { old: user.password, new: password }, token)
  office = (await server.call<{ token: string }>('POST', '/api/v1/sessions', { user: 'office', password }, '')).token
  await act(pre, { act: 'open' })
  await key(office, Object.fromEntries(marks.map((v, i) => [`00${i + 1}`, v])))
  await act(pre, { act: 'lock' })
  await act(pre, { act: 'publish' })
})
test.afterAll(() => server?.stop())

async function open(page: Page, path: string): Promise<void> {
  await signIn(page, server, 'office', password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  await page.goto(`${server.base}/console/events/${fin}/${path}`)
}
const box = (page: Page, heading: string) =>
  page.locator('section.box').filter({ has: page.getByRole('heading', { name: heading, level: 2 }) })
const dialog = (page: Page) => page.getByRole('dialog')

test('the stage before is chosen by keyboard', async ({ page }) => {
  await open(page, 'stages')
  await expect(page.getByText('这是第一个阶段：没有上一阶段。')).toBeVisible()
  await sound(page, 'a first stage')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('焊工')
  await expect(dialog(page).getByRole('listitem')).toHaveCount(1)
  await sound(page, 'choosing the stage before')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByText('上一阶段：焊工（初赛）')).toBeVisible()
  await expect(page.getByRole('link', { name: /焊工 · 初赛/ })).toBeVisible()
  await page.goto(`${server.base}/console/events/${fin}`)
  await expect(page.getByText('上一阶段').first()).toBeVisible()
})

test('who goes on is taken over as a whole, and one declines', async ({ page }) => {
  await open(page, 'stages')
  const list = box(page, '晋级名单')
  await expect(list.getByRole('row')).toHaveCount(6)
  await expect(list.getByRole('row').filter({ hasText: '苏雨' })).toContainText('晋级（并列扩容）')
  await expect(list.getByRole('row').filter({ hasText: '何家明' })).toContainText('009')
  await expect(list.getByRole('row').filter({ hasText: '单青' })).toContainText('线下')
  await page.screenshot({ path: 'test-results/stages-light.png' })
  await sound(page, 'who goes on')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: 'test-results/stages-dark.png', fullPage: true })
  await sound(page, 'who goes on, dark')
  await page.emulateMedia({ colorScheme: 'light' })

  await list.getByRole('button', { name: '登记放弃 周文静' }).click()
  await dialog(page).getByLabel('理由').fill('出差')
  await sound(page, 'declining')
  await dialog(page).getByRole('button', { name: '登记放弃' }).click()
  await expect(list.getByRole('row').filter({ hasText: '周文静' })).toContainText(/放弃\s*出差/)

  const take = box(page, '接收到参赛名单')
  await take.getByRole('button', { name: '先看一遍' }).click()
  await expect(take.getByText('将加入 2 人，认出 1 人，移出 0 人，新建单位 0 个。')).toBeVisible()
  await take.getByRole('button', { name: '接收' }).click()
  await expect(page.getByText('已接收：加入 2 人，认出 1 人，移出 0 人')).toBeVisible()
  await expect(take.getByText('参赛名单与晋级名单一致，没有要改的。')).toBeVisible()
  await expect(box(page, '做过的事').getByRole('row')).toHaveCount(3)
})

test('a correction is taken over with a reason', async ({ page }) => {
  await act(pre, { act: 'reopen', reason: '更正', second: undefined })
  await open(page, 'stages')
  await expect(box(page, '晋级名单').getByText('上一阶段的成绩还没有公布')).toBeVisible()
  await key(office, { '005': '99' }, '抄错')
  await act(pre, { act: 'lock' })
  await act(pre, { act: 'publish' })
  await page.reload()
  await expect(page.getByText('上一阶段在接收之后重新公布过')).toBeVisible()
  const take = box(page, '接收到参赛名单')
  await take.getByRole('button', { name: '先看一遍' }).click()
  await expect(take.getByRole('button', { name: '接收' })).toBeDisabled()
  await take.getByLabel('理由').fill('初赛成绩更正')
  await take.getByRole('button', { name: '接收' }).click()
  await expect(page.getByText(/已接收：加入 1 人/)).toBeVisible()
  await expect(box(page, '做过的事')).toContainText('初赛成绩更正')
})

test('the preliminary’s numbers are carried over', async ({ page }) => {
  await act(fin, { act: 'open' })
  await open(page, 'outstanding')
  await expect(page.locator('.lines > li').filter({ hasText: '项带入成绩没有记入' })).toBeVisible()
  await page.getByRole('link', { name: '带入成绩' }).click()
  const carry = box(page, '带入成绩')
  await expect(carry.getByText('待记入', { exact: true }).first()).toBeVisible()
  await sound(page, 'what is carried over')
  await carry.getByRole('button', { name: '先看一遍' }).click()
  await carry.getByRole('button', { name: '记入' }).click()
  await expect(page.getByText(/^已记入 \d 项，更正 0 项$/)).toBeVisible()
  await expect(carry.getByText('都已经记入，没有要改的。')).toBeVisible()
  await page.screenshot({ path: 'test-results/stages-carry.png', fullPage: true })
  await page.emulateMedia({ colorScheme: 'dark' })
  await sound(page, 'what is carried over, dark')
})

test('the page speaks English, and fits a narrow window', async ({ page }) => {
  await open(page, 'stages')
  await page.evaluate(() => localStorage.setItem('jiangtai.locale', 'en'))
  await page.setViewportSize({ width: 700, height: 900 })
  await page.reload()
  await expect(page.locator('section.box').first()).toBeVisible()
  await sound(page, 'narrow')
})
