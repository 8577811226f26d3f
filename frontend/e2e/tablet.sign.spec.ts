import { expect, test, type Page } from '@playwright/test'
import { sound } from './console.tools'
import { openEvent } from './event.tools'
import { Server } from './server'
import { card, sync, tapKeys, toPart } from './tablet.mock'
import { closed, large, sheets, write } from './tablet.sign.tools'

// 签名 on the tablet against the whole program: mark all, sign without a network, reload, and it arrives.

let server: Server
let event = ''
let codes: { chair: number; code: string }[] = []

test.describe.configure({ mode: 'serial' })

const text = (zh: string) => ({ zh })
const aspect = (id: string, zh: string, more: object) => ({ id, name: text(zh), panel: 'judges', ...more })
const scheme = {
  format: 'jiangtai.scheme/1',
  name: text('焊工'),
  identity: 'coded',
  panels: [{ id: 'judges', name: text('外观评分组'), policy: { kind: 'mean' } }],
  components: [
    {
      id: 'practical',
      name: text('实操'),
      criteria: [
        {
          id: 'A',
          name: text('焊缝外观'),
          subs: [
            {
              id: 'A1',
              name: text('盖面焊缝'),
              aspects: [
                aspect('clean', '表面无裂纹', { kind: 'yes_no', max: '3' }),
                aspect('look', '整体印象', { kind: 'panel', max: '10', step: '0.25' }),
              ],
            },
          ],
        },
      ],
    },
  ],
}

test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  ;({ event, codes } = await openEvent(server, {
    ...{ code: 'sign-e2e', contest: '签名测试赛', scheme },
    chairs: ['周敏', '林海涛'].map((judge) => ({ panel: 'judges', judge })),
    entries: [
      { entry_no: '001', work_code: '417D', name: '梁志远' },
      { entry_no: '002', work_code: '023A', name: '何秋实' },
    ],
  }))
})
test.afterAll(() => server?.stop())

const bar = (page: Page) => page.locator('.sign-bar')

async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS
  if (folder) await page.screenshot({ path: `${folder}/sign-${name}.png` })
}

/** Opens a work, by its code where it was not read before. */
async function openWork(page: Page, code: string, fresh: boolean): Promise<void> {
  await page.locator('.work', { hasText: code.slice(0, 3) }).click()
  if (fresh) await tapKeys(page, code)
  await toPart(page, 0)
}

async function look(page: Page, value: string): Promise<void> {
  await card(page, 'look').locator('.value').click()
  await page.keyboard.type(value)
  await page.keyboard.press('Enter')
  await expect(card(page, 'look')).toContainText(/已存|待传/)
}

/** Marks a work to its end. The finding stands for the whole panel: who comes second has it already. */
async function markWork(page: Page, code: string, value: string, first = true): Promise<void> {
  await openWork(page, code, first)
  if (first) await card(page, 'clean').getByRole('button', { name: '合格', exact: true }).click()
  await look(page, value)
  await page.getByRole('button', { name: '评完', exact: true }).click()
  await page.getByRole('button', { name: '返回作品列表' }).click()
}

test('signed without a network, it waits behind the marks, outlives a reload, and arrives', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`${server.base}/tablet#pair=${codes[0]?.code}`)
  await expect(bar(page)).toContainText('未签名')
  const grey = bar(page).getByRole('button', { name: '还有 4 项没评' })
  await expect(grey).toHaveAttribute('aria-disabled', 'true')
  await grey.click({ force: true })
  await expect(page.locator('.sign-page')).toHaveCount(0)
  await markWork(page, '417D', '7.25')
  await expect(bar(page)).toContainText('还有 2 项没评')
  await expect(sync(page)).toContainText('已同步')

  await server.kill()
  await markWork(page, '023A', '8.5')
  await expect(sync(page)).toContainText('离线 · 已存本机', { timeout: 20_000 })
  await bar(page).getByRole('button', { name: '签名', exact: true }).click()
  await expect(page.getByRole('row', { name: '417D' })).toContainText('7.25')
  await expect(page.getByRole('row', { name: '023A' })).toContainText('8.5')
  await expect(page.getByText('现在离线')).toBeVisible()
  const button = page.locator('.pen-foot .btn')
  await expect(button).toHaveText('先写下姓名')
  await write(page)
  await shot(page, 'own')
  await button.click()
  await expect(page.locator('.signed-banner')).toContainText('已签，待上传')
  await page.getByRole('button', { name: '本组汇总' }).click()
  await expect(page.getByText('核对本组汇总要连上服务器')).toBeVisible()

  await server.run()
  await page.reload()
  await expect(page.locator('.signed-banner')).toContainText(/已签名 \d\d:\d\d/, { timeout: 30_000 })
  await page.getByRole('button', { name: '返回作品列表' }).click()
  await expect(bar(page)).toContainText(/已签名 \d\d:\d\d/)
  expect(await sheets(server, event)).toEqual(['signed', 'missing'])

  // Locked: nothing is given any more before the sheet is reopened.
  await openWork(page, '417D', false)
  await expect(page.locator('.signed-banner')).toContainText('签名后只能查看')
  await expect(card(page, 'clean').getByRole('button', { name: '不合格' })).toBeDisabled()
})

test('a page that opens without the server still knows that the sheet is signed', async ({ page, context }) => {
  await page.goto(`${server.base}/tablet#pair=${await anew(1)}`)
  await expect(bar(page)).toContainText(/已签名 \d\d:\d\d/)
  await page.route('**/api/v1/**', (route) => route.abort())
  await page.reload()
  await expect(bar(page)).toContainText(/已签名 \d\d:\d\d/)
  await context.close()
})

test('reopened with a reason, changed and signed again: what was signed above is void', async ({ page }) => {
  await page.goto(`${server.base}/tablet#pair=${codes[1]?.code}`)
  await markWork(page, '417D', '7', false)
  await markWork(page, '023A', '8', false)
  await bar(page).getByRole('button', { name: '签名', exact: true }).click()
  await write(page)
  await page.locator('.pen-foot .btn').click()
  await expect(page.locator('.signed-banner')).toContainText(/已签名/)

  await page.getByRole('button', { name: '本组汇总' }).click()
  await expect(page.locator('.sign-mates li')).toContainText(['周敏', '林海涛'])
  await expect(page.getByRole('row', { name: '417D' })).toContainText('7.25 · 7')
  expect(await page.locator('main').innerText()).not.toContain('模块得分')
  await write(page)
  await shot(page, 'panel')
  await page.locator('.pen-foot .btn').click()
  await expect(page.locator('.signed-banner')).toContainText(/已签名.*林海涛/)
  expect(await closed(server, event, 'panel_summary')).toBe('signed')

  await page.getByRole('button', { name: '我的评分表' }).click()
  await page.getByRole('button', { name: '重开修改' }).click()
  await expect(page.getByRole('button', { name: '先写理由' })).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('button', { name: '分数按错了' }).click()
  await shot(page, 'reopen')
  await page.getByRole('dialog').getByRole('button', { name: '重开修改' }).click()
  await expect(page.locator('.notice')).toContainText('分数按错了')
  await expect.poll(() => closed(server, event, 'panel_summary')).toBe('void')
  await page.getByRole('button', { name: '返回作品列表' }).click()
  await openWork(page, '023A', false)
  await page.getByRole('button', { name: '修改' }).first().click()
  await look(page, '9')
  await page.getByRole('button', { name: '返回作品列表' }).click()
  await bar(page).getByRole('button', { name: '签名', exact: true }).click()
  await expect(page.locator('.sign-diff')).toContainText('023A')
  await write(page)
  await shot(page, 'again')
  await page.locator('.pen-foot .btn').click()
  await expect(page.locator('.signed-banner')).toContainText(/已签名/)
  expect(await closed(server, event, 'panel_summary')).toBe('void')
})

test('a sheet that says something else on the server is refused, and the tablet says where', async ({ page }) => {
  await page.goto(`${server.base}/tablet#pair=${await anew(2)}`)
  await bar(page).getByRole('button', { name: '查看签名' }).click()
  await page.getByRole('button', { name: '重开修改' }).click()
  await page.getByRole('button', { name: '评错了作品' }).click()
  // The reason stands there before the server has answered, and its answer moves nothing under the hand that writes.
  let answer = (): void => undefined
  const held = new Promise<void>((free) => (answer = free))
  await page.route('**/api/v1/tablet/signing', async (route) => {
    await held
    await route.continue()
  })
  await page.getByRole('dialog').getByRole('button', { name: '重开修改' }).click()
  const notice = page.locator('.notice')
  await expect(notice).toHaveText('签名已作废（林海涛）：评错了作品')
  const pad = page.locator('.pen-box .stroke-pad')
  const before = await pad.boundingBox()
  const told = page.waitForResponse('**/api/v1/tablet/signing')
  answer()
  await (await told).finished()
  await expect.poll(() => closed(server, event, 'panel_summary')).toBe('void')
  await expect(notice).toHaveText('签名已作废（林海涛）：评错了作品')
  expect(await pad.boundingBox()).toEqual(before)
  await page.unroute('**/api/v1/tablet/signing')
  const refused = {
    status: 409,
    code: 'signing.content_changed',
    title: '内容已经不一样',
    request_id: 'r',
    type: 'about:blank',
  }
  await page.route('**/api/v1/tablet/signatures', (route) =>
    route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(refused) }),
  )
  await write(page)
  await page.locator('.pen-foot .btn').click()
  await expect(page.getByText('内容已经不一样')).toBeVisible()
  await expect(page.locator('.pen-box')).toBeVisible()
  await page.unroute('**/api/v1/tablet/signatures')
  await write(page)
  await page.locator('.pen-foot .btn').click()
  await expect(page.locator('.signed-banner')).toContainText(/已签名/)
})

for (const [lang, theme, width, height] of [
  ['zh-CN', 'light', 1280, 800],
  ['en', 'dark', 1024, 768],
  ['zh-CN', 'dark', 800, 1280],
] as const) {
  test(`axe and sizes, ${lang}, ${theme}, ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    await page.goto(`${server.base}/tablet?lang=${lang}&theme=${theme}#pair=${await anew(2)}`)
    await expect(bar(page).getByRole('button')).toBeVisible()
    await sound(page, 'list')
    await large(page)
    await shot(page, `list-${lang}-${theme}-${width}`)
    await bar(page).getByRole('button').click()
    await expect(page.locator('.signed-banner')).toBeVisible()
    await sound(page, 'own sheet')
    await large(page)
    await shot(page, `own-${lang}-${theme}-${width}`)
    await page.locator('.signed-banner .btn').click()
    await sound(page, 'reopening')
    await large(page)
    await page.keyboard.press('Escape')
    await page.locator('.sign-tabs .btn').nth(1).click()
    await expect(page.locator('.pen-box')).toBeVisible()
    await sound(page, 'panel')
    await large(page)
    await shot(page, `panel-${lang}-${theme}-${width}`)
  })
}

/** A new code for a chair. */
async function anew(chair: number): Promise<string> {
  const made = await server.call<{ codes: { code: string }[] }>('POST', `/api/v1/events/${event}/pairing-codes`, {
    chairs: [chair],
  })
  return made.codes[0]?.code ?? ''
}

test('a signature that cannot leave holds the lock; on a replaced tablet it counts no more and says so', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`${server.base}/tablet#pair=${await anew(2)}`)
  await bar(page).getByRole('button', { name: '查看签名' }).click()
  await page.getByRole('button', { name: '重开修改' }).click()
  await page.getByRole('button', { name: '评错了作品' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '重开修改' }).click()
  await expect(page.locator('.notice')).toContainText('评错了作品')
  await page.route('**/api/v1/tablet/signatures', (route) => route.abort())
  const told = page.waitForResponse(
    (r) => r.url().endsWith('/tablet/bundle') && r.request().headers()['x-jiangtai-signatures'] === '1',
    { timeout: 60_000 },
  )
  await write(page)
  await page.locator('.pen-foot .btn').click()
  await expect(page.locator('.signed-banner')).toContainText('已签，待上传')
  await told

  const path = `/api/v1/events/${event}`
  const lock = fetch(`${server.base}${path}/acts`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${server.admin.token}`,
      'Content-Type': 'application/json',
      'X-Jiangtai': '1',
    },
    body: JSON.stringify({ act_id: crypto.randomUUID(), act: 'lock' }),
  })
  const problem = (await (await lock).json()) as { code: string; fields: { code: string }[] }
  expect([problem.code, ...problem.fields.map((f) => f.code)]).toEqual(['judging.outbox', 'judging.signature_unsent'])

  const paired = { code: await anew(2) }
  await server.call('POST', '/api/v1/pairings', paired, '')
  await page.reload()
  const banner = page.getByTestId('banner')
  await expect(banner).toContainText('本机还有 1 个签名没有送到，已不再算数：请在新平板上重新签名', { timeout: 45_000 })
  await sound(page, 'a signature left behind')
  await shot(page, 'left-behind')
})
