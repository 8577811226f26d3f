import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { encode } from 'uqr'
import { Hall, ORIGIN, pairUp } from './tablet.mock'

// The label of a work before the camera. One test looks through a camera whose picture comes from a file, as the
// browser has it for such tests; the others hold one label after the other before it.

const EVENT = '00000001' // the end of the event's id in the bundle
const [WIDTH, HEIGHT] = [640, 480]

/** A label as it is printed: dots of 9 pixels with the quiet zone, in the middle of the picture. */
function dots(text: string): boolean[][] {
  return encode(text, { ecc: 'M', border: 4 }).data
}

/** A film of one picture that stands still, as cameras are faked from (YUV4MPEG2). */
function film(text: string): string {
  const code = dots(text)
  const size = 9
  const [left, top] = [(WIDTH - code.length * size) >> 1, (HEIGHT - code.length * size) >> 1]
  const grey = Buffer.alloc(WIDTH * HEIGHT, 200)
  for (let y = 0; y < code.length * size; y++) {
    for (let x = 0; x < code.length * size; x++) {
      const isDark = code[Math.floor(y / size)]?.[Math.floor(x / size)]
      grey[(top + y) * WIDTH + left + x] = isDark ? 20 : 235
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), grey, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)])
  const file = join(mkdtempSync(join(tmpdir(), 'label-')), 'label.y4m')
  writeFileSync(
    file,
    Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]),
  )
  return file
}

const fake = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

let hall: Hall

async function start(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 })
  hall = new Hall()
  await hall.open(page)
}

/** Whether the browser says that the camera was allowed before. */
async function asked(page: Page, state: 'prompt' | 'granted'): Promise<void> {
  await page.addInitScript((said) => {
    navigator.permissions.query = () => Promise.resolve({ state: said } as PermissionStatus)
  }, state)
}

/** Gives the page a camera that shows what the test holds before it. */
async function withCamera(page: Page): Promise<(text: string) => Promise<void>> {
  await asked(page, 'prompt')
  await page.addInitScript(() => {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: 640, height: 480 })
    const pen = canvas.getContext('2d')
    let shown: boolean[][] = []
    setInterval(() => {
      if (!pen) return
      pen.fillStyle = '#ddd'
      pen.fillRect(0, 0, 640, 480)
      pen.fillStyle = '#111'
      shown.forEach((row, y) => row.forEach((on, x) => on && pen.fillRect(170 + x * 8, 90 + y * 8, 8, 8)))
    }, 50)
    Object.assign(window, { hold: (next: boolean[][]) => (shown = next) })
    navigator.mediaDevices.getUserMedia = () => Promise.resolve(canvas.captureStream(20))
  })
  return (text) =>
    page.evaluate(
      (code) => (window as unknown as { hold(c: boolean[][]): void }).hold(code),
      text === '' ? [] : dots(text),
    )
}

const picture = film(`jt:417A:${EVENT}`)
test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const args = [...(launchOptions.args ?? []), ...fake, `--use-file-for-fake-video-capture=${picture}`]
    await use({ ...launchOptions, args })
  },
})

test('a camera reads the label of the work, and its sheet opens', async ({ page }) => {
  await start(page)
  await asked(page, 'prompt')
  await pairUp(page)
  await page.locator('.work').first().click()
  await page.getByRole('button', { name: '用相机扫标签' }).click()
  await expect(page.locator('.bar h1')).toHaveText('417A 号作品', { timeout: 30_000 })
  await page.reload()
  await expect(page.locator('.bar h1')).toHaveText('417A 号作品')
})

test('a camera that was allowed before opens by itself', async ({ page }) => {
  await start(page)
  await asked(page, 'granted')
  await pairUp(page)
  await page.locator('.work').first().click()
  await expect(page.locator('.bar h1')).toHaveText('417A 号作品', { timeout: 30_000 })
})

test('a wrong label says which: another event, another work, none of mine, no label at all', async ({ page }) => {
  await start(page)
  const hold = await withCamera(page)
  await pairUp(page)
  await page.locator('.work').first().click()
  await hold('jt:417A:deadbeef')
  await page.getByRole('button', { name: '用相机扫标签' }).click()
  const said = page.locator('.dialog [role=alert]')
  await expect(said).toHaveText('这是别的赛项的标签，请核对实物。', { timeout: 20_000 })
  await hold('https://example.org/menu')
  await expect(said).toHaveText('这不是作品标签的二维码。')
  await hold(`jt:999Z:${EVENT}`)
  await expect(said).toHaveText('999Z 号不在您的评分表里，请核对实物。')
  await hold(`jt:023C:${EVENT}`)
  await expect(said).toHaveText('这是 023C 号作品的标签，不是 417 号的。')
  await expect(page.locator('.asp')).toHaveCount(0)
  await page.getByRole('button', { name: '改评 023C 号作品' }).click()
  await expect(page.locator('.bar h1')).toHaveText('023C 号作品')
})

test('the label of an entry that did not come opens nothing', async ({ page }) => {
  await start(page)
  const hold = await withCamera(page)
  await pairUp(page)
  await page.locator('.work').first().click()
  await hold(`jt:331Y:${EVENT}`)
  await page.getByRole('button', { name: '用相机扫标签' }).click()
  await expect(page.locator('.dialog [role=alert]')).toContainText('331Y', { timeout: 20_000 })
  await expect(page.getByRole('button', { name: /改评/ })).toHaveCount(0)
})

test('the camera is let go when the label is found, and when the judge goes away', async ({ page }) => {
  await start(page)
  const hold = await withCamera(page)
  await page.addInitScript(() => {
    const stop = MediaStreamTrack.prototype.stop
    Object.assign(window, { stopped: 0 })
    MediaStreamTrack.prototype.stop = function (this: MediaStreamTrack) {
      ;(window as unknown as { stopped: number }).stopped++
      stop.call(this)
    }
  })
  const stopped = () => page.evaluate(() => (window as unknown as { stopped: number }).stopped)
  await pairUp(page)
  await page.locator('.work').first().click()
  await page.getByRole('button', { name: '用相机扫标签' }).click()
  await page.getByRole('button', { name: '关闭相机' }).click()
  expect(await stopped()).toBe(1)
  await page.getByRole('button', { name: '用相机扫标签' }).click()
  await expect(page.getByRole('button', { name: '关闭相机' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect.poll(stopped).toBe(2)
  await page.locator('.work').first().click()
  await hold(`jt:417A:${EVENT}`)
  await page.getByRole('button', { name: '用相机扫标签' }).click()
  await expect(page.locator('.bar h1')).toHaveText('417A 号作品', { timeout: 20_000 })
  await expect.poll(stopped).toBe(3)
})

test('without a camera, or without leave to use it, the code is typed', async ({ page }) => {
  await start(page)
  await asked(page, 'prompt')
  await page.addInitScript(() => {
    let times = 0
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('no', times++ ? 'NotFoundError' : 'NotAllowedError'))
  })
  await pairUp(page)
  await page.locator('.work').first().click()
  await page.getByRole('button', { name: '用相机扫标签' }).click()
  await expect(page.locator('.camera')).toContainText('相机没有获准使用')
  await page.getByRole('button', { name: '用相机扫标签' }).click()
  await expect(page.locator('.camera')).toContainText('本机没有可用的相机')
  for (const c of '417A') await page.locator('.letters').getByRole('button', { name: c, exact: true }).click()
  await expect(page.locator('.bar h1')).toHaveText('417A 号作品')
})

test('the browser’s own detector is used where it reads QR codes', async ({ page }) => {
  await start(page)
  const hold = await withCamera(page)
  await page.addInitScript((event) => {
    class BarcodeDetector {
      static getSupportedFormats = () => Promise.resolve(['ean_13', 'qr_code'])
      detect = () => Promise.resolve([{ rawValue: `jt:417A:${event}` }])
    }
    Object.assign(window, { BarcodeDetector })
  }, EVENT)
  const ours: string[] = []
  page.on('request', (r) => r.url().includes('decode') && ours.push(r.url()))
  await pairUp(page)
  await page.locator('.work').first().click()
  await hold('')
  await page.getByRole('button', { name: '用相机扫标签' }).click()
  await expect(page.locator('.bar h1')).toHaveText('417A 号作品')
  expect(ours).toEqual([])
  expect(page.url()).toBe(`${ORIGIN}/tablet`)
})
