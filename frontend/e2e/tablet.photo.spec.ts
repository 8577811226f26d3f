import { createHash } from 'node:crypto'
import { expect, test, type Request } from '@playwright/test'
import { card, Hall, openWork, ORIGIN, pairUp, sync } from './tablet.mock'
import { secrets, sizeOf, take } from './tablet.photo.tools'

// Photos beside marks: made small and bare on the tablet, kept there, and sent behind the marks.

let hall: Hall
let photos: { url: URL; body: Buffer; marks: number }[]
let refuse = ''

test.beforeEach(async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  hall = new Hall()
  photos = []
  refuse = ''
  await hall.open(page)
  await page.route(/\/api\/v1\/tablet\/evidence/, async (route) => {
    if (hall.weather === 'down') return route.abort('connectionrefused')
    photos.push(read(route.request()))
    if (refuse) {
      const problem = { status: 422, code: 'evidence.picture', title: refuse, request_id: 'r-1' }
      return route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify(problem) })
    }
    const id = photos[photos.length - 1]?.url.searchParams.get('id')
    return route.fulfill({ status: 201, contentType: 'application/json', body: JSON.stringify({ id }) })
  })
})

function read(request: Request): (typeof photos)[number] {
  return { url: new URL(request.url()), body: request.postDataBuffer() ?? Buffer.alloc(0), marks: hall.records.size }
}

test('a photo is made small and bare, kept, and sent behind the marks', async ({ page }) => {
  await pairUp(page)
  await openWork(page, '417A')
  hall.weather = 'down'
  await card(page, 'check').getByRole('button', { name: '不合格' }).click()
  await expect(sync(page)).toContainText('离线')
  await take(page, 'ppe')
  const shown = page.locator('.photos li')
  await expect(shown).toContainText('待传', { timeout: 20_000 })
  await page.keyboard.press('Escape')
  await expect(card(page, 'ppe').locator('.pictures')).toHaveCount(0) // the tray is open
  await page.reload()
  await expect(card(page, 'ppe').locator('.pictures')).toHaveText('照片 1 张')
  expect(photos).toEqual([])

  hall.weather = 'fair'
  await expect.poll(() => photos.length, { timeout: 40_000 }).toBe(1)
  const [photo] = photos
  if (!photo) throw new Error('no photo came')
  expect(photo.marks).toBe(1)
  expect(Object.fromEntries(photo.url.searchParams)).toMatchObject({
    work: '417A',
    aspect: 'ppe',
    sha256: createHash('sha256').update(photo.body).digest('hex'),
  })
  expect(photo.body.length).toBeLessThanOrEqual(1_200_000)
  expect(Math.max(...sizeOf(photo.body))).toBe(1600)
  for (const secret of secrets) expect(photo.body.includes(secret), secret).toBe(false)
  await card(page, 'ppe').locator('.pictures').click()
  await expect(shown).toContainText('已上传')
  await expect(page.locator('.photos img')).toBeVisible()
})

test('a photo that the server returns says why, and goes again when the judge asks', async ({ page }) => {
  await pairUp(page)
  await openWork(page, '417A')
  refuse = '照片打不开或不完整'
  await take(page, 'ppe')
  await expect(page.locator('.photos li')).toContainText('被退回：照片打不开或不完整', { timeout: 40_000 })
  refuse = ''
  await page.getByRole('button', { name: '再次提交' }).click()
  await expect(page.locator('.photos li')).toContainText('已上传')
  expect(new Set(photos.map((p) => p.url.searchParams.get('id'))).size).toBe(1)
})

test('what is no photo is not kept', async ({ page }) => {
  await pairUp(page)
  await openWork(page, '417A')
  await take(page, 'ppe', Buffer.from('<html><script>alert(1)</script>'))
  await expect(page.locator('.dialog [role=alert]')).toHaveText('这个文件不是能打开的照片，请重拍。')
  await expect(page.locator('.photos')).toHaveCount(0)
})

test('photos go also when no sheet is open', async ({ page, context }) => {
  await pairUp(page)
  await openWork(page, '417A')
  hall.weather = 'down'
  await take(page, 'tidy')
  await expect(page.locator('.photos li')).toContainText('待传', { timeout: 20_000 })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '返回作品列表' }).click()
  await page.goto('about:blank')
  hall.weather = 'fair'
  await page.goto(`${ORIGIN}/tablet`)
  await expect.poll(() => photos.length, { timeout: 40_000 }).toBe(1)
  expect(context.pages()).toHaveLength(1)
})
