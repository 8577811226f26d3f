import { expect, test } from '@playwright/test'
import { packed, signIn, sound } from './console.tools'
import { Server } from './server'

// The console as a tool: keys, sessions that end, faults at their places, both languages, dark and light.

let server: Server
let contest = ''
const events: Record<string, string> = {}

test.use({ viewport: { width: 1280, height: 800 } })

test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  const made = await server.call<{ contest: { id: string } }>('POST', '/api/v1/packages', new Uint8Array(packed()))
  contest = made.contest.id
  const list = await server.call<{ events: { id: string; code: string }[] }>(
    'GET',
    `/api/v1/contests/${contest}/events`,
  )
  for (const e of list.events) events[e.code] = e.id
})
test.afterAll(() => server?.stop())

test.beforeEach(async ({ page }) => {
  await signIn(page, server, server.admin.user, server.admin.password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
})

test('the desk is walked with the keyboard alone', async ({ page }) => {
  await expect(page.getByRole('link', { name: /江城市职工/ })).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row', { name: /焊工/ })).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('咖啡')
  await expect(page.getByRole('row', { name: /焊工/ })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await page.getByRole('searchbox').blur()
  await expect(page.getByRole('row', { name: /焊工/ })).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await expect(page.getByRole('link', { name: '焊工' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '焊工' })).toBeVisible()
  await page.keyboard.press(']')
  await expect(page.getByRole('navigation', { name: '赛项' }).getByRole('link', { name: '还差什么' })).toHaveAttribute(
    'aria-current',
    'page',
  )
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: '快捷键' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a session that ends under a form is mended above it, and the form goes on', async ({ page }) => {
  await page.goto(`${server.base}/console/contests/${contest}/settings`)
  await page.getByLabel('主办单位').fill('江城市总工会（虚构），港区')
  await page.evaluate(() => fetch('/api/v1/sessions/current', { method: 'DELETE', headers: { 'X-Jiangtai': '1' } }))
  await page.getByRole('button', { name: '保存' }).click()
  const again = page.getByRole('dialog', { name: '请重新登录' })
  await expect(again).toBeVisible()
  await again.getByLabel('密码').fill(server.admin.password)
  await again.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page.getByText('已保存')).toBeVisible()
  await expect(page.getByLabel('主办单位')).toHaveValue('江城市总工会（虚构），港区')
})

test('a pasted list is refused with every fault at its row, then kept', async ({ page }) => {
  await page.goto(`${server.base}/console/events/${events.barista}/entries`)
  await page.getByRole('button', { name: '编辑名单' }).click()
  await expect(page.getByLabel('参赛者，第 2 行')).toHaveValue('Mei, Anna')
  await page.getByRole('button', { name: '加一行' }).click()
  const cell = page.getByLabel('参赛号，第 3 行')
  await cell.evaluate((field) => {
    const data = new DataTransfer()
    data.setData('text', '001\t张三\tmetro\n004\t\tnowhere\n005\t王五\tmetro')
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await expect(page.getByLabel('参赛者，第 5 行')).toHaveValue('王五')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('row').filter({ has: page.getByLabel('参赛号，第 3 行') })).toContainText('编号重复')
  const fourth = page.getByRole('row').filter({ has: page.getByLabel('参赛号，第 4 行') })
  await expect(fourth).toContainText('没有这个单位')
  await expect(page.getByLabel('单位代码，第 4 行')).toHaveAttribute('aria-invalid', 'true')
  await sound(page, 'entries with faults')
  await cell.fill('003')
  await page.getByLabel('参赛者，第 4 行').fill('李四')
  await page.getByLabel('单位代码，第 4 行').fill('metro')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('row', { name: /李四/ })).toBeVisible()
})

test('a faulty scheme is told by its places and the old one stays', async ({ page }) => {
  await page.goto(`${server.base}/console/events/${events.welder}/scheme`)
  await expect(page.getByRole('row', { name: /余高/ })).toContainText('12')
  const scheme = await server.call<{ text: string }>('GET', `/api/v1/events/${events.welder}/scheme`)
  const drop = (text: string) =>
    page
      .locator('input[type=file][accept*=json]')
      .setInputFiles({ name: 'welder.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await drop(scheme.text.replace('"max": "12"', '"max": "11"'))
  await expect(page.getByRole('alert')).toContainText('/components/0')
  await expect(page.getByRole('alert')).toContainText('声明的分值与各项之和不符')
  await sound(page, 'scheme with faults')
  await drop(scheme.text.replace('"max": "12"', '"max": "11"').replace('"max": "8"', '"max": "9"'))
  await page.getByLabel('改版理由').fill('余高改为 11 分')
  await page.getByRole('button', { name: '采用为评分标准' }).click()
  await expect(page.getByText('第 2 版')).toBeVisible()
  await expect(page.getByRole('row', { name: /余高/ })).toContainText('11')
})

test('a contest, an event without anything, and what it lacks', async ({ page }) => {
  await page.getByRole('button', { name: '新建赛事' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('赛事名称').fill('港区焊工演练')
  await form.getByLabel('代码').fill('River City')
  await form.getByRole('button', { name: '新建', exact: true }).click()
  await expect(form.getByText('代码的写法不对')).toBeVisible()
  await form.getByLabel('代码').fill('port-2026')
  await form.getByRole('button', { name: '新建', exact: true }).click()
  await expect(page.locator('.banner')).toContainText('演练')
  await page.getByRole('button', { name: '新建赛项' }).click()
  await page.getByRole('dialog').getByLabel('工种', { exact: true }).fill('电焊工')
  await page.getByRole('dialog').getByLabel('代码').fill('weld')
  await page.getByRole('dialog').getByRole('button', { name: '新建', exact: true }).click()
  await expect(page.getByRole('heading', { name: '电焊工' })).toBeVisible()
  await expect(page.getByText('还缺：评分标准、参赛名单')).toBeVisible()
  await page.getByRole('link', { name: '港区焊工演练' }).click()
  await expect(page.getByRole('row', { name: /电焊工/ })).toContainText('缺 评分标准、参赛名单')
})

test('nothing is found where nothing is, in words', async ({ page }) => {
  await page.goto(`${server.base}/console/events/00000000-0000-4000-8000-000000000000`)
  await expect(page.getByRole('alert')).toContainText('没有这个赛项')
  await page.goto(`${server.base}/console/no/such/page`)
  await expect(page.getByRole('heading', { name: '没有这个页面' })).toBeVisible()
})

for (const [lang, theme, width] of [
  ['zh-CN', 'light', 1440],
  ['en', 'dark', 1280],
  ['zh-CN', 'dark', 1024],
  ['en', 'light', 1024],
] as const) {
  test(`axe finds nothing, ${lang}, ${theme}, ${width} wide`, async ({ page }) => {
    test.setTimeout(120_000)
    await page.setViewportSize({ width, height: 800 })
    const event = `events/${events.welder}`
    const pages = ['', 'import', 'accounts', 'audit', 'me', `contests/${contest}`, `contests/${contest}/directory`]
    const tabs = [
      `contests/${contest}/settings`,
      event,
      `${event}/entries`,
      `${event}/chairs`,
      `${event}/scheme`,
      `${event}/pairing`,
      `${event}/records`,
    ]
    for (const path of [...pages, ...tabs]) {
      await page.goto(`${server.base}/console/${path}?lang=${lang}&theme=${theme}`)
      await page.locator('main .box, main .drop').first().waitFor()
      await expect(page.locator('main .wait[role=status]')).toHaveCount(0)
      await sound(page, path)
    }
  })
}
