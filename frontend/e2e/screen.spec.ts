import { createRequire } from 'node:module'
import { expect, test, type Page } from '@playwright/test'
import { encode } from 'uqr'
import { City, CONTEST, idOf, ORIGIN, person } from './live.mock'

const axe = createRequire(import.meta.url).resolve('axe-core')

test.use({ viewport: { width: 1920, height: 1080 } })

async function hang(page: Page, city: City, query = `event=${idOf(0)}`): Promise<void> {
  await city.open(page)
  await page.goto(`${ORIGIN}/screen?${query}`)
  await page.locator('.rows li, .scene').first().waitFor()
}

/** Waits for heartbeats: the page is connected and has been told that nothing changed. */
async function beats(city: City, more = 1): Promise<void> {
  const since = city.beats
  await expect.poll(() => city.beats).toBeGreaterThanOrEqual(since + more)
}

const names = (page: Page) => page.locator('.rows .name').allInnerTexts()

test('nine whole rows, readable from afar, no cursor, nothing to scroll', async ({ page }) => {
  await hang(page, new City())
  await expect(page.locator('.rows li')).toHaveCount(9)
  const look = await page.evaluate(() => ({
    inside: [...document.querySelectorAll('.rows li')].every((row) => {
      const { top, bottom } = row.getBoundingClientRect()
      return top >= 0 && bottom <= innerHeight
    }),
    unit: parseFloat(getComputedStyle(document.querySelector('.unit')!).fontSize),
    cursor: getComputedStyle(document.querySelector('.wall')!).cursor,
    scrolls: document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth,
  }))
  expect(look).toEqual({ inside: true, unit: expect.any(Number), cursor: 'none', scrolls: false })
  expect(look.unit).toBeGreaterThanOrEqual(36)
  await expect(page.locator('.cols')).toContainText('暂列')
  await expect(page.locator('header')).toContainText('进行中')
})

test('rows are moved by animations and end where they belong', async ({ page }) => {
  const city = new City()
  await hang(page, city)
  const before = await names(page)
  await beats(city)
  city.send(city.stage().rise(7, 4, '91.95'))
  await page.waitForFunction(() => document.getAnimations().length >= 4)
  await expect(page.locator('.rows li').nth(3)).toContainText('升 3')
  await page.waitForFunction(() => document.getAnimations().length === 0)
  const after = await names(page)
  expect(after[3]).toBe(before[6])
  const tops = await page
    .locator('.rows li')
    .evaluateAll((rows) => rows.map((r) => Math.round(r.getBoundingClientRect().top)))
  expect(tops).toEqual([...tops].sort((a, b) => a - b))
})

test('twenty updates a second are painted a few times, the last one for certain', async ({ page }) => {
  const city = new City()
  await hang(page, city)
  await page.evaluate(() => {
    const w = window as { painted?: number }
    w.painted = 0
    const total = document.querySelector('.rows .total')!
    new MutationObserver(() => w.painted!++).observe(total, { characterData: true, childList: true, subtree: true })
  })
  await new Promise<void>((sent) => {
    let i = 0
    const rate = setInterval(() => {
      city.send(city.stage().frame([person(0, { total: `95.${String(i).padStart(2, '0')}` })]))
      if (++i < 40) return
      clearInterval(rate)
      sent()
    }, 50)
  })
  await expect(page.locator('.rows .total').first()).toHaveText('95.39')
  expect(await page.evaluate(() => (window as { painted?: number }).painted)).toBeLessThanOrEqual(10)
})

test('silence is amber by four seconds, red after ten with the time of the data, and the board stays', async ({
  page,
}) => {
  const city = new City()
  await hang(page, city)
  await beats(city)
  city.mute = city.down = true
  const since = Date.now()
  await expect(page.locator('.alarm.late')).toHaveText('数据延迟', { timeout: 5000 })
  expect(Date.now() - since).toBeLessThan(4500)
  await expect(page.locator('.alarm.dead')).toHaveText(/数据截至 \d\d:\d\d:\d\d/, { timeout: 9000 })
  await expect(page.locator('.rows li')).not.toHaveCount(0)
  city.mute = city.down = false
  await city.cut()
  await expect(page.locator('.alarm')).toHaveCount(0, { timeout: 12_000 })
})

test('nonsense is never painted over a good board, and somebody is told', async ({ page }) => {
  const city = new City()
  const stage = city.stage()
  await hang(page, city)
  const good = await names(page)
  const { head, rows } = stage
  for (const bad of [[], rows.map((r) => ({ ...r, total: '0.00' })), rows.slice(0, 5)]) {
    city.send(stage.snapshot({ to: stage.n + 1, rows: bad, head }))
    await expect(page.locator('.alarm.dead')).toBeVisible()
    await beats(city) // longer than updates are merged: what was to be painted has been
    expect(await names(page)).toEqual(good)
  }
  city.send(stage.frame([person(0, { total: '99.00' })]))
  await expect(page.locator('.rows .total').first()).toHaveText('99.00', { timeout: 8000 })
  await expect(page.locator('.alarm')).toHaveCount(0)
})

test('who is struck from the board leaves the wall within a second', async ({ page }) => {
  const city = new City()
  await hang(page, city)
  await beats(city)
  city.send(city.stage().frame([], {}, ['A002']))
  await expect(page.locator('.rows')).not.toContainText('欧阳婷', { timeout: 1000 })
})

test('the QR code on the wall is the one of the public board, with its margin, and large enough', async ({ page }) => {
  await hang(page, new City(), `event=${idOf(0)}&board=https://jt.example`)
  const box = (await page.locator('.qr').boundingBox())!
  expect(box.width).toBeGreaterThanOrEqual(240)
  const want = encode(`https://jt.example/?e=${idOf(0)}`, { ecc: 'M', border: 4 })
  const shot = (await page.screenshot()).toString('base64')
  // Read off the picture as a camera would: the colour at the middle of every module.
  const seen = await page.evaluate(
    async ({ shot, box, size }) => {
      const picture = new Image()
      picture.src = `data:image/png;base64,${shot}`
      await picture.decode()
      const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!
      canvas.drawImage(picture, 0, 0)
      const step = box.width / size
      return Array.from({ length: size }, (_, y) =>
        Array.from({ length: size }, (_, x) => {
          const [red] = canvas.getImageData(box.x + (x + 0.5) * step, box.y + (y + 0.5) * step, 1, 1).data
          return red! < 128
        }),
      )
    },
    { shot, box, size: want.size },
  )
  expect(seen).toEqual(want.data)
})

test('the events of a contest take turns, and the wall is never empty between them', async ({ page }) => {
  const city = new City(3)
  for (const at of [0, 1, 2]) {
    city.stage(at).rows.length = 6
    city.stage(at).head.entries = 6
  }
  await hang(page, city, `contest=${CONTEST}&seconds=5`)
  await expect(page.locator('h1')).toHaveText('焊接')
  await expect(page.locator('.next p')).toHaveText(['数控车工', '钳工'])
  await page.evaluate(() => {
    const w = window as { emptied?: boolean }
    new MutationObserver(() => (w.emptied ||= !document.querySelector('.rows li'))).observe(document.body, {
      childList: true,
      subtree: true,
    })
  })
  await expect(page.locator('h1')).toHaveText('数控车工', { timeout: 15_000 })
  expect(await page.evaluate(() => (window as { emptied?: boolean }).emptied)).toBeFalsy()
})

test('long lists turn their pages', async ({ page }) => {
  await hang(page, new City())
  await expect(page.locator('.pages')).toContainText('1 / 3')
  await expect(page.locator('.rows .rank').first()).toHaveText('10', { timeout: 14_000 })
})

test('after a reload without a server the last good board is there at once', async ({ page }) => {
  const city = new City()
  await hang(page, city)
  await beats(city, 2)
  await page.waitForFunction(() => localStorage.getItem('jiangtai.screen.last'))
  const good = await names(page)
  city.down = city.mute = true
  await page.reload()
  await expect(page.locator('.rows li')).toHaveCount(9, { timeout: 1500 })
  expect(await names(page)).toEqual(good)
  await expect(page.locator('.alarm.late')).toBeVisible({ timeout: 3000 })
})

test('a page that hung for more than five seconds is loaded anew', async ({ page }) => {
  const city = new City()
  await hang(page, city)
  await expect.poll(() => page.workers().length).toBe(1)
  await beats(city, 2)
  const loaded = page.waitForEvent('load', { timeout: 20_000 })
  await page.evaluate(() => {
    setTimeout(() => {
      const end = performance.now() + 7000
      while (performance.now() < end);
    })
  })
  await loaded
  await expect(page.locator('.rows li')).toHaveCount(9)
})

test('a sealed event shows how far it is and nobody’s name', async ({ page }) => {
  const city = new City(1, { sealed: true, release: 'progress' })
  city.stage().rows = []
  await hang(page, city)
  await expect(page.locator('.scene')).toContainText('684')
  await expect(page.locator('.scene')).toContainText('不公布姓名')
  await expect(page.locator('.rows')).toHaveCount(0)
})

test('a demonstration says that it is one', async ({ page }) => {
  const city = new City()
  city.stage().head.event.kind = 'demo'
  await hang(page, city)
  await expect(page.locator('.kind')).toContainText('虚构')
})

test('without an event it offers what there is', async ({ page }) => {
  await new City(3).open(page)
  await page.goto(`${ORIGIN}/screen`)
  await expect(page.locator('li a')).toHaveCount(3)
  await expect(page.locator('.all')).toHaveAttribute('href', `/screen?contest=${CONTEST}&seconds=20`)
})

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing, ${theme}`, async ({ page }) => {
    const city = new City(3)
    city.stage(1).head.phase = 'provisional'
    Object.assign(city.stage(2).head, { sealed: true, release: 'progress' })
    city.stage(2).rows = []
    await city.open(page)
    for (const query of ['', `event=${idOf(0)}`, `event=${idOf(1)}`, `event=${idOf(2)}`]) {
      await page.goto(`${ORIGIN}/screen?theme=${theme}&${query}`)
      await page.locator('li, .scene').first().waitFor()
      await page.addScriptTag({ path: axe })
      const found = await page.evaluate(async () => {
        const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: unknown[] }> } }
        return (await axe.run()).violations.map((v) => JSON.stringify(v))
      })
      expect(found, query).toEqual([])
    }
  })
}
