import { expect, test, type Page } from '@playwright/test'
import { Server } from './server'
import { card, sync } from './tablet.mock'
import { Front, keptHere, marksOf, number, openHall, openSheet, pairForGood, tapAll } from './tablet.offline.tools'

// What else may become of a tablet in a hall: a full disk, a wrong clock, a new version, another tablet in its place.

let server: Server
test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
})
test.afterAll(() => server?.stop())

const yes = (page: Page, aspect: string) => card(page, aspect).getByRole('button', { name: '合格', exact: true })
const no = (page: Page, aspect: string) => card(page, aspect).getByRole('button', { name: '不合格' })
const banner = (page: Page) => page.getByTestId('banner')
const version = (page: Page) => page.getByTestId('version')

/** How many commands lie in the tablet's store. */
const stored = (page: Page) =>
  page.evaluate(async () => {
    const open = indexedDB.open('jiangtai-tablet')
    const db = await new Promise<IDBDatabase>((done) => (open.onsuccess = () => done(open.result)))
    const count = db.transaction('marks').objectStore('marks').count()
    const n = await new Promise<number>((done) => (count.onsuccess = () => done(count.result)))
    db.close()
    return n
  })

test('a full storage: no tick without a record, in words, and it goes on when there is room', async ({ page }) => {
  test.setTimeout(150_000)
  const { event, codes } = await openHall(server, { works: 1, aspects: 60 })
  await pairForGood(page, server.base, codes[0]?.code ?? '')
  await openSheet(page, '001')
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: server.base, quotaSize: 1 })
  // The browser believes for up to half a minute in the room that it knew of: taps go on until one finds none.
  let tapped = 0
  const fills = async () => {
    const aspect = `a${++tapped}`
    await yes(page, aspect).click()
    await expect(
      card(page, aspect)
        .getByText(/已存|待传/)
        .or(banner(page).getByText('本机存储写入失败')),
    ).toBeVisible()
    return sync(page).textContent()
  }
  await expect.poll(fills, { intervals: [1_000], timeout: 60_000 }).toContain('没有存上')
  const refused = `a${tapped}`
  await expect(yes(page, refused)).toHaveAttribute('aria-pressed', 'false')
  await expect(card(page, refused)).toContainText('未评')
  const ticks = await page.locator('[data-aspect] button[aria-pressed=true]').count()
  expect(ticks).toBe(tapped - 1)
  expect(await stored(page)).toBe(ticks)

  await cdp.send('Storage.overrideQuotaForOrigin', { origin: server.base })
  await yes(page, refused).click()
  await expect(card(page, refused)).toContainText('已存', { timeout: 30_000 })
  await expect(sync(page)).toContainText('已同步', { timeout: 30_000 })
  expect((await marksOf(server, event)).length).toBe(tapped)
})

test('a clock that is wrong by years, and jumps, changes neither order nor acceptance', async ({ page }) => {
  const { event, codes } = await openHall(server, { works: 1 })
  await page.clock.install({ time: new Date('2003-05-01T08:00:00Z') })
  await pairForGood(page, server.base, codes[0]?.code ?? '')
  await openSheet(page, '001')
  await yes(page, 'a1').click()
  await expect(card(page, 'a1')).toContainText('已存')
  await page.clock.setSystemTime(new Date('2061-05-01T08:00:00Z'))
  await no(page, 'a1').click()
  await expect(sync(page)).toContainText('已同步')
  await page.clock.setSystemTime(new Date('1969-12-31T16:00:00Z'))
  await yes(page, 'a1').click()
  await yes(page, 'a2').click()
  await expect(sync(page)).toContainText('已同步')
  await expect(yes(page, 'a1')).toHaveAttribute('aria-pressed', 'true')
  await page.reload()
  await expect(yes(page, 'a1')).toHaveAttribute('aria-pressed', 'true')
  expect((await marksOf(server, event)).map((m) => [m.aspect, m.value])).toEqual([
    ['a1', '1'],
    ['a1', '0'],
    ['a1', '1'],
    ['a2', '1'],
  ])
})

test('a new version with two hundred marks pending loses none, and waits until it is taken', async ({ page }) => {
  test.setTimeout(180_000)
  const { event, codes } = await openHall(server, { works: 10 })
  const front = await Front.before(server)
  try {
    await pairForGood(page, front.base, codes[0]?.code ?? '')
    front.cut = 'interface'
    let given = 0
    for (let i = 0; i < 10; i++) {
      await openSheet(page, number(i))
      given += await tapAll(page, '合格')
      await page.goBack()
      await page.locator('.work').first().waitFor()
    }
    expect(given).toBe(200)
    await page.goto(`${front.base}/icon.svg`)
    await page.evaluate(backToVersionOne)
    front.version = 2
    await page.goto(`${front.base}/tablet`)
    await keptHere(page, 200)
    await expect(version(page)).toContainText('有新版本，200 项传完后再更新')
    await expect(version(page).getByRole('button')).toHaveCount(0)
    await openSheet(page, '001')
    await expect(version(page)).toHaveText('有新版本，评完这张表再更新')
    front.cut = 'nothing'
    await expect(sync(page)).toContainText('已同步', { timeout: 30_000 })
    await expect(version(page)).toHaveText('有新版本，评完这张表再更新')
    expect(await page.locator('meta[name=edition]').count(), 'the old page until it is taken').toBe(0)
    await page.goBack()
    await version(page).getByRole('button', { name: '更新' }).click()
    await expect(page.locator('meta[name=edition]')).toHaveAttribute('content', '2')
    await expect(sync(page)).toContainText('已同步')
    await expect(version(page)).toHaveCount(0)
    const marks = await marksOf(server, event)
    expect(marks.length).toBe(200)
    expect(new Set(marks.map((m) => m.aspect)).size).toBe(20)
  } finally {
    await front.close()
  }
})

test('a replaced tablet says so, takes no mark, and hands what it held to the chief judge', async ({
  page,
  browser,
}) => {
  const { event, codes } = await openHall(server, { works: 2 })
  const front = await Front.before(server)
  const other = await browser.newPage()
  try {
    await pairForGood(page, front.base, codes[0]?.code ?? '')
    await openSheet(page, '001')
    front.cut = 'interface'
    for (const aspect of ['a1', 'a2', 'a3']) await yes(page, aspect).click()
    await keptHere(page, 3)

    const anew = { chairs: [1] }
    const path = `/api/v1/events/${event}/pairing-codes`
    const made = await server.call<{ codes: { code: string }[] }>('POST', path, anew)
    await other.goto(`${server.base}/tablet#pair=${made.codes[0]?.code}`)
    await openSheet(other, '001')
    await no(other, 'a1').click()
    await expect(card(other, 'a1')).toContainText('已存')

    front.cut = 'nothing'
    await expect(sync(page)).toContainText('已由另一台平板接替', { timeout: 40_000 })
    await expect(sync(page)).toContainText('已交裁判长 3 项', { timeout: 30_000 })
    await expect(banner(page)).toContainText('此裁判席已在另一台平板上配对')
    await expect(yes(page, 'a5')).toBeDisabled()
    await page.reload()
    await expect(sync(page)).toContainText('已交裁判长 3 项')

    // Nothing of it counts by itself: what stands is the new tablet's.
    await other.reload()
    await expect(no(other, 'a1')).toHaveAttribute('aria-pressed', 'true')
    await expect(card(other, 'a2')).toContainText('未评')
  } finally {
    await other.close()
    await front.close()
  }
})

/** Runs in the page: the tablet's store as the version before had it, with all that is in it. */
async function backToVersionOne(): Promise<void> {
  const done = <T>(ask: IDBRequest<T>) =>
    new Promise<T>((ok, no) => ((ask.onsuccess = () => ok(ask.result)), (ask.onerror = no)))
  const now = await done(indexedDB.open('jiangtai-tablet'))
  const from = now.transaction(['kept', 'marks'])
  const keys = await done(from.objectStore('kept').getAllKeys())
  const kept = await done(from.objectStore('kept').getAll())
  const marks = (await done(from.objectStore('marks').getAll())) as { order?: number }[]
  now.close()
  await done(indexedDB.deleteDatabase('jiangtai-tablet'))
  const open = indexedDB.open('jiangtai-tablet', 1)
  open.onupgradeneeded = () => {
    open.result.createObjectStore('kept')
    open.result.createObjectStore('marks', { keyPath: 'mark_id' }).createIndex('state', ['state', 'device_seq'])
  }
  const old = await done(open)
  const tx = old.transaction(['kept', 'marks'], 'readwrite')
  for (const [i, key] of keys.entries()) if (key !== 'order') tx.objectStore('kept').put(kept[i], key)
  for (const { order: _, ...item } of marks) tx.objectStore('marks').put(item)
  await new Promise((ok) => (tx.oncomplete = ok))
  old.close()
}
