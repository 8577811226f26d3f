import { expect, test, type Page } from '@playwright/test'
import { mark, packed, signIn, sound } from './console.tools'
import { copied } from './paper.tools'
import { Server } from './server'
import { write } from './tablet.sign.tools'

// From the last mark to the signed list: papers are printed, signed by hand, and come back as scans.

let server: Server
let event = ''
let other = ''
let codes: { chair: number; seat: number; code: string }[] = []
const password = 'porcelain-and-ink-26'

test.use({ viewport: { width: 1280, height: 800 } })
test.describe.configure({ mode: 'serial' })

const scan = (name: string, text = '') => ({ name, mimeType: 'image/png', buffer: copied(text) })

const act = (body: object) =>
  server.call('POST', `/api/v1/events/${event}/acts`, { act_id: crypto.randomUUID(), ...body })

async function account(user: string, name: string, grant: object): Promise<void> {
  const made = await server.call<{ password: string }>('POST', '/api/v1/accounts', { user, name, grants: [grant] })
  const first = await server.call<{ token: string }>('POST', '/api/v1/sessions', { user, password: made.password }, '')
  await server.call('PUT', '/api/v1/accounts/current/password', { old: made.password, new: password }, first.token)
}

test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  const made = await server.call<{ contest: { id: string } }>('POST', '/api/v1/packages', new Uint8Array(packed()))
  const list = await server.call<{ events: { id: string; code: string }[] }>(
    'GET',
    `/api/v1/contests/${made.contest.id}/events`,
  )
  event = list.events.find((e) => e.code === 'barista')?.id ?? ''
  other = list.events.find((e) => e.code === 'welder')?.id ?? ''
  await account('chief', '裁判长', { role: 'chief_judge', contest: made.contest.id, event })
  await account('clerk', '记分员', { role: 'clerk', contest: made.contest.id, event })
  await act({ act: 'open' })
  ;({ codes } = await server.call<{ codes: typeof codes }>('POST', `/api/v1/events/${event}/pairing-codes`, {}))
  const { entries } = await server.call<{ entries: { entry_no: string }[] }>('GET', `/api/v1/events/${event}/entries`)
  const marks = Object.fromEntries(entries.map((e, i) => [e.entry_no, String(9 - i)]))
  for (const c of codes) await mark(server, c.code, 'taste', marks)
})
test.afterAll(() => server?.stop())

async function open(page: Page, user: string): Promise<void> {
  await page.context().clearCookies()
  await signIn(page, server, user, password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  await page.goto(`${server.base}/console/events/${event}/signing`)
}

/** A picture for people to look at, where somebody wants one. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS
  if (folder) await page.screenshot({ path: `${folder}/signing-${name}.png`, fullPage: true })
}

/** Where a file is chosen; beside it is the camera's, on screens for fingers. */
const chooser = 'input[type=file]:not([capture])'
const step = (page: Page, words: string | RegExp) => page.locator('.steps > li').filter({ hasText: words })

/** Prints a step's paper; it opens beside the page. */
async function print(page: Page, words: string | RegExp): Promise<void> {
  const opened = page.context().waitForEvent('page')
  await step(page, words).getByRole('button', { name: /打印/ }).click()
  await (await opened).close()
  await expect(step(page, words)).toContainText('待签名')
}

/** Hands a scan in whose code cannot be read: a person says that it is this paper. */
async function hand(page: Page, words: string | RegExp): Promise<void> {
  await step(page, words).locator(chooser).setInputFiles(scan('scan.png'))
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('读不出二维码')).toBeVisible()
  await expect(dialog.getByRole('img', { name: 'scan.png' })).toHaveJSProperty('naturalWidth', 620)
  await expect(dialog.getByRole('button', { name: '确认并保存' })).toBeDisabled()
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: '确认并保存' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(step(page, words)).toContainText('已签名')
}

test('a clerk prints papers with marks only when marking is over', async ({ page }) => {
  await open(page, 'clerk')
  await expect(page.getByText('评分锁定以后才能打印带分数的单据')).toBeVisible()
  await expect(page.locator('.steps > li')).toHaveCount(5)
  await expect(step(page, '成绩单').getByRole('button')).toHaveCount(0)
  await sound(page, 'too early')
  await act({ act: 'lock' })
  await page.reload()
  await expect(step(page, '成绩单').getByRole('button', { name: '打印' })).toBeVisible()
})

test('all sheets are printed at once, and each opens as a PDF', async ({ page }) => {
  await open(page, 'clerk')
  await page.getByRole('button', { name: '打印 3 张评分表' }).click()
  await expect(page.locator('.steps > li').filter({ hasText: '待签名' })).toHaveCount(3)
  const link = step(page, '江五品').getByRole('link', { name: /BARISTA-\d\d-0001/ })
  await expect(link).toHaveAttribute('target', '_blank')
  const file = await page.request.get(server.base + (await link.getAttribute('href')))
  expect(file.headers()['content-type']).toBe('application/pdf')
  expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-')
  await sound(page, 'printed')
  await shot(page, 'printed')
})

test('before the opening blank sheets of all chairs are printed, by whom it is told', async ({ page }) => {
  await page.context().clearCookies()
  await signIn(page, server, server.admin.user, server.admin.password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  await page.goto(`${server.base}/console/events/${other}/signing`)
  await expect(page.getByText('开始评分以后，这里列出')).toBeVisible()
  await page.getByLabel('裁判席').selectOption({ label: '全部 4 个裁判席' })
  await sound(page, 'before the opening')
  await shot(page, 'before')
  await page.getByRole('button', { name: '打印', exact: true }).click()
  await expect(page.getByText('已打印 4 张')).toBeVisible()
  const rows = page.getByRole('row').filter({ hasText: '空白评分表' })
  await expect(rows).toHaveCount(4)
  await expect(rows.first()).toContainText('WELDER-')
  await expect(rows.first()).toContainText('管理员')
  const file = await page.request.get(server.base + (await rows.first().getByRole('link').getAttribute('href')))
  expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-')
})

test('a scan of another paper is refused, one that nobody can read wants a person’s word', async ({ page }) => {
  await open(page, 'clerk')
  const first = step(page, '江五品')
  await first.locator(chooser).setInputFiles(scan('other.png', `JT1:${'0'.repeat(32)}`))
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('扫描件上的二维码是另一份单据的')).toBeVisible()
  await expect(dialog.getByRole('checkbox')).toHaveCount(0)
  await dialog.getByRole('button', { name: '取消' }).click()
  await first.locator(chooser).setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('x') })
  await expect(dialog.getByText('只接受 PDF、PNG 或 JPEG')).toBeVisible()
  await sound(page, 'refused')
  await shot(page, 'refused')
  await page.keyboard.press('Escape')
  const link = await first.getByRole('link').first().getAttribute('href')
  const printed = await (await page.request.get(server.base + link)).body()
  const own = { name: 'own.pdf', mimeType: 'application/pdf', buffer: printed }
  await first.locator(chooser).setInputFiles(own)
  await expect(dialog.getByText('这是打印用的原文件，不是签了名的扫描件')).toBeVisible()
  await expect(dialog.getByRole('img')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await hand(page, '江五品')
  await expect(first.getByRole('link', { name: /扫描件/ })).toBeVisible()
  await hand(page, '江六品')
})

test('a tablet takes the picture itself', async ({ browser }) => {
  const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 800, height: 1100 } })
  const page = await context.newPage()
  await open(page, 'clerk')
  const row = step(page, '江七品')
  await expect(row.getByText('拍照')).toBeVisible()
  await row.locator('input[capture]').setInputFiles(scan('photo.png'))
  await expect(page.getByRole('dialog').getByRole('img', { name: 'photo.png' })).toBeVisible()
  await sound(page, 'a picture')
  await shot(page, 'picture')
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
  await context.close()
})

test('a file dropped on a row goes to its paper', async ({ page }) => {
  await open(page, 'clerk')
  const data = await page.evaluateHandle(
    (body) => {
      const carried = new DataTransfer()
      carried.items.add(new File([Uint8Array.from(body)], 'dropped.png', { type: 'image/png' }))
      return carried
    },
    [...copied()],
  )
  await step(page, '江七品').dispatchEvent('drop', { dataTransfer: data })
  await expect(page.getByRole('dialog').getByText('dropped.png').first()).toBeVisible()
  await page.getByRole('dialog').getByRole('checkbox').check()
  await sound(page, 'asked')
  await shot(page, 'asked')
  await page.getByRole('button', { name: '确认并保存' }).click()
  await expect(page.locator('.steps > li').filter({ hasText: '已签名' })).toHaveCount(3)
})

test('summary and list are signed; a paper that is declared void takes them with it', async ({ page }) => {
  await open(page, 'chief')
  for (const words of ['裁判组汇总表', '成绩单']) {
    await print(page, words)
    await hand(page, words)
  }
  await expect(page.getByText('已签名 5 / 5', { exact: true })).toBeVisible()
  await sound(page, 'signed')
  const row = page.getByRole('row').filter({ hasText: 'BARISTA' }).filter({ hasText: '江六品' })
  await row.getByRole('button', { name: /^作废/ }).click()
  await expect(page.getByText('作废后不能恢复')).toBeVisible()
  await page.getByLabel('理由').fill('漏签一页')
  await sound(page, 'voiding')
  await shot(page, 'voiding')
  await page.getByRole('dialog').getByRole('button', { name: '作废', exact: true }).click()
  await expect(step(page, '江六品')).toContainText('裁判长宣布作废：漏签一页')
  await expect(step(page, '裁判组汇总表')).toContainText('还没有重新签好')
  await expect(page.getByText('已签名 2 / 5', { exact: true })).toBeVisible()
  await print(page, '江六品')
  await hand(page, '江六品')
  await expect(page.getByText('已签名 5 / 5', { exact: true })).toBeVisible()
})

test('a mark that changes afterwards is told in words', async ({ page }) => {
  await act({ act: 'reopen', reason: '汇总有误' })
  const chair = codes.find((c) => c.seat === 3)
  const { codes: fresh } = await server.call<{ codes: { code: string }[] }>(
    'POST',
    `/api/v1/events/${event}/pairing-codes`,
    { chairs: [chair?.chair] },
  )
  const { token } = await server.call<{ token: string }>('POST', '/api/v1/pairings', { code: fresh[0]?.code }, '')
  const bundle = await server.call<{ marks: { work: string; mark_id: string }[] }>(
    'GET',
    '/api/v1/tablet/bundle',
    undefined,
    token,
  )
  const was = bundle.marks[0]
  const changed = {
    mark_id: crypto.randomUUID(),
    event,
    chair: chair?.chair,
    work: was?.work,
    aspect: 'taste',
    value: '1',
  }
  const { results } = await server.call<{ results: { status: number }[] }>(
    'POST',
    '/api/v1/marks',
    { marks: [{ ...changed, version: 1, device_seq: 1, supersedes: was?.mark_id, text: '看错' }] },
    token,
  )
  expect(results[0]?.status).toBe(200)
  await open(page, 'chief')
  await expect(step(page, '江七品')).toContainText('打印之后内容有改动')
  await expect(step(page, '成绩单')).toContainText('打印之后内容有改动')
  await expect(step(page, '江五品')).toContainText('已签名')
})

/** Signs a step with the mouse, after its content was read. */
async function ink(page: Page, words: string): Promise<void> {
  await step(page, words).getByRole('button', { name: '手写签名' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('table').first()).toBeVisible()
  await expect(dialog.getByRole('button', { name: '先写下姓名' })).toBeDisabled()
  await write(page)
  await sound(page, `signing ${words}`)
  await shot(page, `ink-${words}`)
  await dialog.getByRole('button', { name: '手写签名', exact: true }).click()
}

test('the chief judge signs summary and list on the screen, each after what stands below it', async ({ page }) => {
  await open(page, 'clerk')
  await expect(step(page, '裁判组汇总表').getByRole('button', { name: '手写签名' })).toHaveCount(0)
  await open(page, 'chief')
  const dialog = page.getByRole('dialog')
  await ink(page, '裁判组汇总表')
  await expect(dialog.getByText('下面还有没签好的单据')).toBeVisible()
  await dialog.getByRole('button', { name: '取消' }).click()
  await print(page, '江七品')
  await hand(page, '江七品')
  await ink(page, '裁判组汇总表')
  await expect(dialog).toHaveCount(0)
  await expect(step(page, '裁判组汇总表')).toContainText('已签名')
  await expect(step(page, '裁判组汇总表')).toContainText('屏幕签名 裁判长')
  await ink(page, '成绩单')
  await expect(dialog.getByText('评分锁定以后才能签成绩单')).toBeVisible()
  await dialog.getByRole('button', { name: '取消' }).click()
  await act({ act: 'lock' })
  await ink(page, '成绩单')
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('已签名 5 / 5', { exact: true })).toBeVisible()
  const link = await step(page, '成绩单').getByRole('link').first().getAttribute('href')
  const file = await page.request.get(server.base + link)
  expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-')
  await shot(page, 'inked')
})

for (const [lang, theme, width] of [
  ['en', 'dark', 1280],
  ['zh-CN', 'light', 1024],
  ['zh-CN', 'dark', 640],
] as const) {
  test(`axe finds nothing, ${lang}, ${theme}, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    await signIn(page, server, server.admin.user, server.admin.password)
    await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
    await page.goto(`${server.base}/console/events/${event}/signing?lang=${lang}&theme=${theme}`)
    await page.locator('.steps > li').first().waitFor()
    await sound(page, `signing ${lang} ${theme}`)
    await shot(page, `${lang}-${theme}`)
  })
}
