import { expect, test, type Page } from '@playwright/test'
import { packed, signIn, sound } from './console.tools'
import { Server } from './server'

// A coding judge's day: check-in with the keyboard, a draw by hand with a slip that was read wrongly, sealing, record
// and labels, the same all at once after it was made void, and the unsealing by two.

let server: Server
let event = ''
const password = 'porcelain-and-ink-26'
const labels = ['417D', '086U', '952K']

test.use({ viewport: { width: 1280, height: 800 } })
test.describe.configure({ mode: 'serial' })

async function account(user: string, name: string, grant: object): Promise<void> {
  const made = await server.call<{ password: string }>('POST', '/api/v1/accounts', { user, name, grants: [grant] })
  const first = await server.call<{ token: string }>('POST', '/api/v1/sessions', { user, password: made.password }, '')
  await server.call('PUT', '/api/v1/accounts/current/password', { old: made.password, new: password }, first.token)
}

async function second(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('用户名').fill('watch')
  await dialog.getByLabel('密码', { exact: true }).fill(password)
}

/** The pages of both themes; a theme is what the system says. */
async function soundInBoth(page: Page, where: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await sound(page, `${where}, ${colorScheme}`)
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  const files = packed({ 'entries.csv': (t) => t.replace('barista,001', 'welder,004,,,周小川,metro,,,,\nbarista,001') })
  const made = await server.call<{ contest: { id: string } }>('POST', '/api/v1/packages', new Uint8Array(files))
  const contest = made.contest.id
  const list = await server.call<{ events: { id: string; code: string }[] }>(
    'GET',
    `/api/v1/contests/${contest}/events`,
  )
  event = list.events.find((e) => e.code === 'welder')?.id ?? ''
  await account('coder', '加密甲', { role: 'coding_judge', contest, event })
  await account('watch', '监督员', { role: 'supervisor', contest })
})
test.afterAll(() => server?.stop())

test('the list is checked in and drawn by hand with the keyboard alone', async ({ page }) => {
  await signIn(page, server, 'coder', password)
  await page.getByRole('link', { name: /江城市职工/ }).click()
  await page.getByRole('link', { name: '焊工' }).click()
  await page.getByRole('link', { name: '加密', exact: true }).click()
  await expect(page.getByText('未登记 4')).toBeVisible()
  await expect(page.getByText('梁志远')).toHaveCount(0) // names are not for a coding judge
  for (const no of ['1', '2', '3']) {
    await page.getByLabel('参赛号').fill(no)
    await page.keyboard.press('Enter')
    await expect(page.getByText(`00${no} 到场`)).toBeVisible()
  }
  await soundInBoth(page, 'check-in')
  const box = page.getByRole('region', { name: '评审号抽签' })
  await box.getByLabel('见证人').fill('见证员')
  await box.getByRole('button', { name: '开始抽签' }).click()
  for (const [i, label] of ['417D', '086U', '951J'].entries()) {
    await box.getByLabel('参赛号').fill(String(i + 1))
    await page.keyboard.press('Enter')
    await expect(box.getByLabel('评审号')).toBeFocused()
    await page.keyboard.type(label)
    await page.keyboard.press('Enter')
    await expect(box.getByRole('row', { name: new RegExp(label) })).toBeVisible()
    await expect(box.getByLabel('参赛号')).toBeFocused()
  }
  // A label with the wrong check letter is refused, and stays to be mended.
  await box.getByLabel('参赛号').fill('3')
  await page.keyboard.press('Enter')
  await page.keyboard.type('952A')
  await page.keyboard.press('Enter')
  await expect(box.getByRole('alert')).toContainText('校验字母')
  await box.getByRole('button', { name: '划销 003 的号码' }).click()
  await page.getByRole('dialog').getByLabel('理由').fill('看错一位')
  await second(page)
  await page.getByRole('dialog').getByRole('button', { name: '划销 003 的号码' }).click()
  await expect(box.getByText('划销 1')).toBeVisible()
  await box.getByLabel('评审号').fill('952K')
  await page.keyboard.press('Enter')
  await expect(box.getByRole('row', { name: /952K/ })).toBeVisible()
  await soundInBoth(page, 'a draw by hand')
  await page.getByRole('button', { name: '截止报到' }).click()
  await expect(page.getByText('未登记的 1 人记为缺席')).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: '截止报到' }).click()
  await box.getByRole('button', { name: '封存' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '封存' }).click()
  await expect(box.getByText('已封存', { exact: true })).toBeVisible()
})

test('record and labels are its coding judge’s, on the page and on paper', async ({ page }) => {
  await signIn(page, server, 'coder', password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  await page.goto(`${server.base}/console/events/${event}/coding`)
  await page.getByRole('link', { name: '抽签记录' }).click()
  for (const label of labels) await expect(page.getByRole('cell', { name: label })).toBeVisible()
  await expect(page.getByText('003：看错一位')).toBeVisible()
  await soundInBoth(page, 'the record')
  const paper = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载 PDF' }).click()
  expect((await paper).suggestedFilename()).toBe('WELDER-26-0001.pdf')
  await page.getByRole('link', { name: '返回加密台' }).click()
  await page.getByRole('link', { name: '标签' }).click()
  for (const label of labels) await expect(page.getByRole('img', { name: label })).toBeVisible()
  await soundInBoth(page, 'the labels')
  await page.setViewportSize({ width: 375, height: 740 })
  await sound(page, 'the labels on a phone')
  await page.goto(`${server.base}/console/events/${event}/coding`)
  await expect(page.getByRole('heading', { name: '报到' })).toBeVisible()
  await sound(page, 'the desk on a phone')
})

test('a supervisor sees that it was drawn, and no pair', async ({ page }) => {
  await signIn(page, server, 'watch', password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  await page.goto(`${server.base}/console/events/${event}/coding`)
  await page.getByRole('link', { name: '抽签记录' }).click()
  await expect(page.getByText('号码对应只对本层加密裁判显示')).toBeVisible()
  for (const label of labels) await expect(page.getByText(label)).toHaveCount(0)
})

test('it is made void by two, drawn all at once, and unsealed by two', async ({ page }) => {
  await signIn(page, server, 'coder', password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  await page.goto(`${server.base}/console/events/${event}/coding`)
  const box = page.getByRole('region', { name: '评审号抽签' })
  await box.getByRole('button', { name: '作废重抽' }).click()
  await page.getByRole('dialog').getByLabel('理由').fill('少放一个球')
  await second(page)
  await page.getByRole('dialog').getByRole('button', { name: '作废重抽' }).click()
  await expect(box.getByText('已作废：少放一个球')).toBeVisible()
  await box.getByLabel('方式').selectOption('once')
  await box.getByLabel('见证人').fill('见证员')
  await box.getByRole('button', { name: '开始抽签' }).click()
  await expect(box.getByLabel('承诺值（种子的 SHA-256）')).toHaveText(/^[0-9a-f]{64}$/)
  await box.getByLabel('见证人所报').fill('三 五 六')
  await soundInBoth(page, 'a draw at once')
  await box.getByRole('button', { name: '抽签', exact: true }).click()
  await expect(page.getByText('已抽出 3 个号码')).toBeVisible()
  await box.getByRole('button', { name: '封存' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '封存' }).click()
  await expect(box.getByText('已封存', { exact: true })).toBeVisible()

  const act = (body: object) =>
    server.call('POST', `/api/v1/events/${event}/acts`, { act_id: crypto.randomUUID(), ...body })
  await act({ act: 'open' })
  await page.reload()
  const seal = page.getByRole('region', { name: '启封' })
  await seal.getByRole('button', { name: '启封' }).click()
  await second(page)
  await page.getByRole('dialog').getByRole('button', { name: '启封' }).click()
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible() // marking goes on
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
  await act({ act: 'lock', second: { user: 'watch', password } })
  await seal.getByRole('button', { name: '启封' }).click()
  await second(page)
  await page.getByRole('dialog').getByRole('button', { name: '启封' }).click()
  await expect(page.getByText('焊工 已启封')).toBeVisible()
  await expect(seal.getByRole('row', { name: /未启封/ })).toBeVisible()
  await expect(seal.getByRole('row', { name: /核对无误/ })).toBeVisible()
  await soundInBoth(page, 'unsealed')
})
