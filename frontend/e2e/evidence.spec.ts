import { createHash } from 'node:crypto'
import { expect, test, type Page } from '@playwright/test'
import { sound } from './console.tools'
import { Hall } from './evening.tools'
import { card, sync } from './tablet.mock'
import { secrets, sizeOf, take } from './tablet.photo.tools'

// A photo as evidence against the whole program: taken while the server is away, carried when it is back, seen by the
// chief judge beside the work's marks, and held by the ledger.

let hall: Hall

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(120_000)
  hall = await Hall.begin()
})
test.afterAll(() => hall?.server.stop())

interface Kept {
  id: string
  work: string
  aspect: string
  judge: string
  sha256: string
}

const token = async (user: string) => {
  const { server } = hall
  const account = { user, password: 'porcelain-and-ink-26' }
  return (await server.call<{ token: string }>('POST', '/api/v1/sessions', account, '')).token
}

const pictures = (page: Page) => page.locator('.evidence li')

test('a photo taken without a server reaches the chief judge, bare', async ({ page, browser }) => {
  test.setTimeout(120_000)
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`${hall.server.base}/tablet#pair=${hall.code(1)}`)
  await page.locator('.work', { hasText: '001' }).click()
  await expect(card(page, 'taste')).toBeVisible()
  await hall.server.kill()
  await take(page, 'taste')
  await expect(page.locator('.photos li')).toContainText('待传', { timeout: 20_000 })
  await page.keyboard.press('Escape')
  await hall.server.run()
  await expect(sync(page)).toContainText('已同步', { timeout: 40_000 })
  const chief = await token('chief')
  const list = () =>
    hall.server.call<{ photos: Kept[] }>('GET', `/api/v1/events/${hall.event}/evidence`, undefined, chief)
  await expect.poll(async () => (await list()).photos.length, { timeout: 40_000 }).toBe(1)
  const [photo] = (await list()).photos
  expect(photo).toMatchObject({ work: '001', aspect: 'taste', judge: '江五品' })

  const desk = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
  const console = await desk.newPage()
  await hall.open(console, 'working/001')
  await expect(pictures(console)).toHaveCount(1)
  await expect(pictures(console)).toContainText('江五品')
  const picture = pictures(console).locator('img')
  await picture.scrollIntoViewIfNeeded()
  await expect.poll(() => picture.evaluate((i: HTMLImageElement) => i.naturalWidth)).toBe(1600)
  await sound(console, 'evidence')
  await console.screenshot({ path: test.info().outputPath('evidence.png'), fullPage: true })

  // What the server serves: the picture that the list names, and nothing of the telephone that took it.
  const served = await console.request.get(
    hall.server.base + (await pictures(console).locator('a').getAttribute('href')),
  )
  expect([served.status(), served.headers()['content-type']]).toEqual([200, 'image/jpeg'])
  const body = await served.body()
  expect(createHash('sha256').update(body).digest('hex')).toBe(photo?.sha256)
  expect(Math.max(...sizeOf(body))).toBe(1600)
  for (const secret of secrets) expect(body.includes(secret), secret).toBe(false)
  for (let at = 2; body[at + 1] !== 0xda; at += 2 + body.readUInt16BE(at + 2)) {
    const segment = body[at + 1] ?? 0
    expect(segment >= 0xe0 || segment === 0xfe, segment.toString(16)).toBe(false)
  }
  await desk.close()
})

test('another work has none, and who does not answer for the marks sees none', async ({ page }) => {
  await hall.open(page, 'working/002')
  await expect(page.getByRole('heading', { name: /002/ })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expect(pictures(page)).toHaveCount(0)
  const path = `${hall.server.base}/api/v1/events/${hall.event}/evidence`
  const asked = await fetch(path, { headers: { Authorization: `Bearer ${hall.server.admin.token}` } })
  const watch = await fetch(path, { headers: { Authorization: `Bearer ${await token('watch')}` } })
  expect([asked.status, watch.status]).toEqual([404, 200])
})
