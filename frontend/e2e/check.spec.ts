import { expect, test, type Page } from '@playwright/test'
import { packed, signIn, sound } from './console.tools'
import { Server } from './server'

// Before a session: every tablet says whether it can be relied on, and the chief judge's wall shows all of them.

let server: Server
let event = ''
let codes: { chair: number; code: string }[] = []

test.describe.configure({ mode: 'serial' })
test.use({ viewport: { width: 1280, height: 800 }, hasTouch: true })

const line = (page: Page, check: string) => page.locator(`[data-check=${check}]`)
const done = (page: Page) =>
  expect(page.getByRole('button', { name: /再查一遍|Check again/ })).toBeVisible({ timeout: 40_000 })
const verdict = (page: Page) => page.locator('.check-page')

async function check(page: Page, query = ''): Promise<void> {
  await page.goto(`${server.base}/tablet/check${query}`)
  await done(page)
}

async function newCodes(): Promise<void> {
  const made = await server.call<{ codes: typeof codes }>('POST', `/api/v1/events/${event}/pairing-codes`, {
    chairs: [],
  })
  codes = made.codes
}

async function pair(page: Page, chair: number): Promise<void> {
  await page.goto(`${server.base}/tablet#pair=${codes.find((c) => c.chair === chair)!.code}`)
  await expect(page.locator('.bar').first()).toBeVisible()
}

test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  const { contest } = await server.call<{ contest: { id: string } }>('POST', '/api/v1/packages', packed())
  const { events } = await server.call<{ events: { id: string; code: string }[] }>(
    'GET',
    `/api/v1/contests/${contest.id}/events`,
  )
  for (const e of events) {
    const { chairs } = await server.call<{ chairs: unknown[] }>('GET', `/api/v1/events/${e.id}/chairs`)
    if (chairs.length >= 3) event = e.id
  }
  await newCodes()
})

test.afterAll(async () => await server.stop())

test('a tablet that is not paired is checked all the same', async ({ page }) => {
  await check(page)
  await expect(page.locator('.check-line')).toHaveCount(12)
  for (const name of ['secure', 'storage', 'quota', 'offline', 'server', 'browser', 'screen', 'touch', 'clock']) {
    await expect(line(page, name), name).toHaveAttribute('data-state', 'ok')
  }
  await expect(line(page, 'storage')).toContainText(/写一笔到磁盘用 \d+ ms/)
  await expect(line(page, 'server')).toContainText(/来回 \d+ ms/)
  await expect(line(page, 'camera')).toHaveAttribute('data-state', 'untold')
  await expect(page.locator('.told')).toContainText('还没有配对')
  await expect(page.getByRole('link', { name: '去配对' })).toHaveAttribute('href', '/tablet')
  // Nothing is left of what was tried.
  expect(await page.evaluate(async () => (await indexedDB.databases()).map((d) => d.name))).not.toContain(
    'jiangtai-check',
  )
})

test('a paired tablet tells the server, and the wall shows it', async ({ page, browser }) => {
  await pair(page, 1)
  await check(page)
  await expect(page.locator('.told')).toContainText('已报给裁判长')
  await expect(page.locator('h1')).toContainText('1 席')

  const desk = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await desk.setViewportSize({ width: 1440, height: 900 })
  await signIn(desk, server, server.admin.user, server.admin.password)
  await expect(desk.getByLabel('用户名')).toHaveCount(0)
  await desk.goto(`${server.base}/console/events/${event}/readiness`)
  const first = desk.locator('[data-chair="1"]')
  await expect(first).toHaveAttribute('data-standing', /ready|attention/)
  await expect(first).toContainText('就绪')
  await expect(desk.locator('[data-chair="2"]')).toContainText('没有平板')
  await expect(desk.locator('.judge')).toHaveCount(0)
  await desk.getByLabel('显示裁判姓名').check()
  await expect(desk.locator('.judge').first()).toBeVisible()

  // A tablet whose browser does not keep what it is given is shown within seconds, in words.
  const bad = await (await browser.newContext({ locale: 'zh-CN', hasTouch: true })).newPage()
  await pair(bad, 2)
  await expect(desk.locator('[data-chair="2"]')).toContainText('还没检查')
  await bad.addInitScript(() => {
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      if (this.transaction.db.name === 'jiangtai-check') throw new DOMException('full', 'QuotaExceededError')
      return put.apply(this, given)
    }
  })
  await check(bad)
  await expect(line(bad, 'storage')).toHaveAttribute('data-state', 'fail')
  await expect(verdict(bad)).toHaveAttribute('data-verdict', 'fail')
  await expect(bad.locator('.word')).toContainText('不能用')
  await expect(desk.locator('[data-chair="2"]')).toContainText('不能用')
  await expect(desk.locator('[data-chair="2"]')).toContainText('保存到本机：不行')
  await bad.context().close()
  await desk.context().close()
})

test('without the server the page opens from the tablet itself and says what is missing', async ({ page }) => {
  test.setTimeout(120_000)
  await newCodes()
  await pair(page, 3)
  await check(page)
  await expect(line(page, 'offline')).toHaveAttribute('data-state', 'ok')
  await server.kill()
  await check(page)
  await expect(line(page, 'server')).toHaveAttribute('data-state', 'fail')
  await expect(line(page, 'server')).toContainText('Wi-Fi')
  await expect(line(page, 'clock')).toHaveAttribute('data-state', 'untold')
  await expect(line(page, 'offline')).toHaveAttribute('data-state', 'ok')
  await expect(page.locator('.told')).toContainText('还没有报上去')
  await server.run()
  await page.getByRole('button', { name: '再查一遍' }).click()
  await done(page)
  await expect(line(page, 'server')).toHaveAttribute('data-state', 'ok')
  await expect(page.locator('.told')).toContainText('已报给裁判长')
})

test('what is wrong is said with what to do', async ({ page, browser }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'isSecureContext', { value: false })
    const date = Date.now
    Date.now = () => date() + 3 * 365 * 86_400_000
    Object.assign(navigator, { getBattery: () => Promise.resolve({ level: 0.11, charging: false }) })
  })
  await check(page)
  await expect(line(page, 'secure')).toContainText('https://')
  await expect(line(page, 'clock')).toHaveAttribute('data-state', 'attention')
  await expect(line(page, 'clock')).toContainText('+3 a')
  await expect(line(page, 'battery')).toContainText('11%')
  await expect(line(page, 'battery')).toHaveAttribute('data-state', 'fail')
  await expect(page.locator('.word')).toContainText('不能用，2 项不行')

  const phone = await (
    await browser.newContext({ locale: 'zh-CN', hasTouch: false, viewport: { width: 390, height: 700 } })
  ).newPage()
  await phone.addInitScript(() => {
    Object.assign(navigator, { getBattery: undefined })
    Object.assign(navigator.mediaDevices, {
      getUserMedia: () => Promise.reject(new DOMException('no', 'NotAllowedError')),
    })
  })
  await check(phone)
  await expect(line(phone, 'screen')).toContainText('不要用手机')
  await expect(line(phone, 'battery')).toHaveAttribute('data-state', 'untold')
  await expect(line(phone, 'touch')).toHaveAttribute('data-state', 'attention')
  await phone.getByRole('button', { name: '试一下摄像头' }).click()
  await expect(line(phone, 'camera')).toContainText('手工输入编码')
  await phone.context().close()
})

test('the camera is looked at only when somebody asks', async ({ page }) => {
  await page.addInitScript(() => {
    const asked = { times: 0, live: 0 }
    Object.assign(window, { asked })
    Object.assign(navigator.mediaDevices, {
      getUserMedia: () => {
        asked.times++
        asked.live++
        const canvas = document.createElement('canvas')
        canvas.getContext('2d')
        const stream = canvas.captureStream(1)
        const [track] = stream.getVideoTracks()
        const stop = track!.stop.bind(track)
        track!.stop = () => (asked.live--, stop())
        return Promise.resolve(stream)
      },
    })
  })
  const asked = () => page.evaluate(() => (window as unknown as { asked: { times: number; live: number } }).asked)
  await check(page)
  expect(await asked()).toEqual({ times: 0, live: 0 })
  await page.getByRole('button', { name: '试一下摄像头' }).click()
  await expect(line(page, 'camera')).toHaveAttribute('data-state', 'ok')
  await page.getByRole('button', { name: '再查一遍' }).click()
  await done(page)
  await expect(line(page, 'camera')).toHaveAttribute('data-state', 'ok')
  expect(await asked()).toEqual({ times: 1, live: 0 })
})

/** For eyes: SHOTS names a folder. */
async function shoot(page: Page, name: string): Promise<void> {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` })
}

/** Controls below 48 px and text below 18 px. */
const small = (page: Page) =>
  page.evaluate(() => {
    const out: string[] = []
    for (const e of document.querySelectorAll('.check-page button, .check-page a')) {
      const { width, height } = e.getBoundingClientRect()
      if (width < 47.5 || height < 47.5) out.push(`${e.textContent} ${width} × ${height}`)
    }
    for (const e of document.querySelectorAll('.check-page *')) {
      const own = [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent?.trim())
      if (own && parseFloat(getComputedStyle(e).fontSize) < 17.9)
        out.push(`${e.textContent} ${getComputedStyle(e).fontSize}`)
    }
    const page = document.querySelector('.check-page')!
    if (page.scrollWidth > page.clientWidth) out.push(`${page.scrollWidth} in ${page.clientWidth}`)
    return out
  })

for (const [width, height] of [
  [1280, 800],
  [1024, 768],
  [800, 1280],
] as const) {
  test(`the face at ${width} × ${height}`, async ({ page }) => {
    test.setTimeout(120_000)
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    for (const language of ['zh-CN', 'en']) {
      for (const theme of ['light', 'dark']) {
        await check(page, `?lang=${language}`)
        await page.evaluate((t) => (document.documentElement.dataset.theme = t), theme)
        await sound(page, `check ${language} ${theme}`)
        expect(await small(page), `${language} ${theme}`).toEqual([])
        await shoot(page, `check-${width}-${language}-${theme}`)
      }
    }
  })
}

for (const theme of ['light', 'dark']) {
  test(`the wall, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme as 'light' | 'dark', reducedMotion: 'reduce' })
    await signIn(page, server, server.admin.user, server.admin.password)
    await expect(page.getByLabel('用户名')).toHaveCount(0)
    for (const language of ['zh-CN', 'en']) {
      await page.goto(`${server.base}/console/events/${event}/readiness?lang=${language}`)
      await expect(page.locator('.place').first()).toBeVisible()
      await sound(page, `wall ${language}`)
      await shoot(page, `wall-${language}-${theme}`)
    }
    await page.getByRole('button', { name: 'Full screen' }).click()
    await expect(page.locator('.wall:fullscreen .only-wall')).toBeVisible()
    await shoot(page, `wall-full-${theme}`)
  })
}
