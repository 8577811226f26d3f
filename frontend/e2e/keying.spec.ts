import { expect, test, type Page } from '@playwright/test'
import { packed, signIn, sound } from './console.tools'
import { photograph, planOf } from './keying.tools'
import { Server } from './server'

// 双录: photographs of a printed form come in, two clerks key the sheet with the keyboard alone, and what they do not
// agree on is decided by a third look beside the picture.

let server: Server
let event = ''
const password = 'porcelain-and-ink-26'
const clerks = { first: '记分员甲', second: '记分员乙', third: '记分员丙' }

test.use({ viewport: { width: 1280, height: 800 } })
test.describe.configure({ mode: 'serial' })

async function account(user: string, name: string, grant: object): Promise<void> {
  const made = await server.call<{ password: string }>('POST', '/api/v1/accounts', { user, name, grants: [grant] })
  const first = await server.call<{ token: string }>('POST', '/api/v1/sessions', { user, password: made.password }, '')
  await server.call('PUT', '/api/v1/accounts/current/password', { old: made.password, new: password }, first.token)
}

test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  const onPaper = (text: string) => text.replace('port-college,tablet', 'port-college,paper')
  const made = await server.call<{ contest: { id: string } }>(
    'POST',
    '/api/v1/packages',
    new Uint8Array(packed({ 'events.csv': onPaper })),
  )
  const { id } = made.contest
  const list = await server.call<{ events: { id: string; code: string }[] }>('GET', `/api/v1/contests/${id}/events`)
  event = list.events.find((e) => e.code === 'welder')?.id ?? ''
  await server.call('POST', `/api/v1/events/${event}/acts`, { act_id: crypto.randomUUID(), act: 'open' })
  for (const [user, name] of Object.entries(clerks)) await account(user, name, { role: 'clerk', contest: id, event })
  await account('chief', '裁判长', { role: 'chief_judge', contest: id, event })
})
test.afterAll(() => server?.stop())

async function enter(page: Page, user: string, path = '', extra = ''): Promise<void> {
  await page.context().clearCookies()
  await signIn(page, server, user, password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  await page.goto(`${server.base}/console/events/${event}/keying${path}${extra}`)
}
const shot = async (page: Page, name: string) => {
  if (process.env.KEYING_SHOTS)
    await page.screenshot({ path: `${process.env.KEYING_SHOTS}/${name}.png`, fullPage: true })
}

test('a photograph of the printed form is cut, what is no form says why', async ({ page }) => {
  const token = await server.call<{ token: string }>('POST', '/api/v1/sessions', { user: 'chief', password }, '')
  const doc = await server.call<{ serial: number; number: string }>(
    'POST',
    `/api/v1/events/${event}/documents`,
    { kind: 'blank_sheet', chair: 1 },
    token.token,
  )
  const answer = await fetch(`${server.base}/api/v1/events/${event}/documents/${doc.serial}/file.pdf`, {
    headers: { Authorization: `Bearer ${token.token}` },
  })
  const pdf = Buffer.from(await answer.arrayBuffer())
  const plan = planOf(pdf)
  await enter(page, 'first')
  await expect(page.getByRole('row').filter({ hasText: '待领取' }).first()).toBeVisible()
  await page.locator('#keying-photos').setInputFiles([
    { name: 'cat.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') },
    {
      name: 'other.jpg',
      mimeType: 'image/jpeg',
      buffer: await photograph(page, plan, 'JT1:0123456789ABCDEF0123456789ABCDEF:01', () => ''),
    },
    {
      name: 'sheet.jpg',
      mimeType: 'image/jpeg',
      buffer: await photograph(page, plan, `${plan.s}:01`, (_, aspect) => String(aspect.length % 5)),
    },
  ])
  await expect(page.getByText('不是能读取的 JPEG 或 PNG 照片')).toBeVisible()
  await expect(page.getByText('这不是本赛项打印的表')).toBeVisible()
  await expect(page.getByText(`${doc.number} 第 1 页：切出`)).toBeVisible({ timeout: 20_000 })
  await sound(page, 'sheets and photographs')
  await shot(page, 'sheets')
})

/** Takes the first sheet and keys all its cells with the keyboard alone. */
async function keyAll(page: Page, user: string, says: (n: number) => string): Promise<number> {
  await enter(page, user)
  await page.getByRole('button', { name: '领取并录入' }).first().click()
  await expect(page.locator('input.value')).toBeFocused()
  const cells = await page.locator('td[data-cell]:not([data-cell="-1"])').count()
  for (let n = 0; n < cells; n++) {
    await page.keyboard.type(says(n))
    await page.keyboard.press('Enter')
  }
  await expect(page.getByRole('status').filter({ hasText: '已录' })).toContainText(`已录 ${cells} / ${cells}`)
  return cells
}

test('the first clerk keys with the keyboard alone, beside the picture, and nothing moves', async ({ page }) => {
  await enter(page, 'first')
  await page.getByRole('button', { name: '领取并录入' }).first().click()
  const field = page.locator('input.value')
  await expect(field).toBeFocused()
  await expect(page.locator('.picture img')).toBeVisible()
  const before = await field.boundingBox()
  await page.keyboard.type('500')
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 格被退回')).toBeVisible()
  expect(await field.boundingBox()).toEqual(before)
  await page.keyboard.press('Shift+Enter')
  await expect(field).toHaveValue('500')
  await expect(page.locator('#key-state')).toContainText('超过了最高分')
  await sound(page, 'a refused cell')
  await shot(page, 'refused')
  await page.keyboard.type('4')
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 格被退回')).toHaveCount(0)
  await expect(page.locator('td.kept').first()).toHaveText('4')
  await expect(page.getByRole('button', { name: '交表' })).toBeDisabled()
  for (const name of ['梁志远', '曾小雨']) await expect(page.locator('main')).not.toContainText(name)
})

test('both hand in; a cell that differs is decided by a third look beside the picture', async ({ page }) => {
  test.setTimeout(90_000)
  await enter(page, 'first')
  await page.getByRole('link', { name: '继续录入' }).click()
  await expect(page.locator('input.value')).toBeFocused()
  const cells = await page.locator('td[data-cell]:not([data-cell="-1"])').count()
  for (let n = 1; n < cells; n++) {
    await page.keyboard.type('4')
    await page.keyboard.press('Enter')
  }
  await page.getByRole('button', { name: '交表' }).click()
  await expect(page.getByRole('dialog')).toContainText('不能再改')
  await sound(page, 'handing in')
  await page.getByRole('dialog').getByRole('button', { name: '交表' }).click()
  await expect(page.getByText('等另一位记分员录完')).toBeVisible()

  // The second sees nothing of the first; slips once.
  await keyAll(page, 'second', (n) => (n === 2 ? '3' : '4'))
  await page.getByRole('button', { name: '交表' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '交表' }).click()
  await expect(page.getByText(`录入 ${cells - 1} 个分数，1 处差异`)).toBeVisible()
  await shot(page, 'finished')

  await enter(page, 'third', '/differences')
  const card = page.locator('.card')
  await expect(card).toHaveCount(1)
  await expect(card).toContainText('记分员甲')
  await expect(card.locator('img')).toBeVisible()
  await sound(page, 'a difference')
  await card.getByRole('button', { name: /^裁定/ }).click()
  await card.getByLabel('理由').fill('看纸面')
  await shot(page, 'difference')
  await card.getByRole('button', { name: '裁定', exact: true }).click()
  await expect(page.getByText('没有需要处理的差异')).toBeVisible()
  await page.getByLabel('含已处理').check()
  await expect(card).toContainText('记分员丙 裁定“4”：看纸面')
})

test('the chief judge says that once is enough, and the page of entering is open', async ({ page }) => {
  await enter(page, 'chief')
  await page.getByLabel('单录').check()
  await expect(page.getByText('本赛项单录')).toBeVisible()
  const { token } = await server.call<{ token: string }>('POST', '/api/v1/sessions', { user: 'third', password }, '')
  const sheets = await server.call<{ sheets: { kind: string }[] }>(
    'GET',
    `/api/v1/events/${event}/marks-sheets`,
    undefined,
    token,
  )
  expect(sheets.sheets.some((s) => s.kind === 'panel')).toBe(true)
  await page.getByLabel('双录').check()
  await expect(page.getByText('互不可见')).toBeVisible()
})

for (const [lang, theme, width] of [
  ['zh-CN', 'light', 1280],
  ['en', 'dark', 1280],
  ['zh-CN', 'dark', 760],
  ['en', 'light', 760],
] as const) {
  test(`axe finds nothing, ${lang}, ${theme}, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    await enter(page, 'first', '', `?lang=${lang}&theme=${theme}`)
    await expect(page.locator('table tbody tr').first()).toBeVisible()
    await sound(page, 'sheets')
    await shot(page, `sheets-${lang}-${theme}-${width}`)
    await page.locator('a[data-row]').first().click()
    await expect(page.locator('input.value')).toBeVisible()
    await sound(page, 'a pass')
    await shot(page, `pass-${lang}-${theme}-${width}`)
  })
}
