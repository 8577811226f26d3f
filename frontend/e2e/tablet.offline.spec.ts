import { expect, test } from '@playwright/test'
import { Server } from './server'
import { Device, keptHere, marksOf, number, openHall, openSheet, pairForGood, tapAll } from './tablet.offline.tools'
import { sync } from './tablet.mock'

// The tablet with no network for a working day, and with a battery that is pulled, against the whole program.

let server: Server
test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
})
test.afterAll(() => server?.stop())

test('eight hours and five hundred marks without a network, five reloads, then all of it within thirty seconds', async ({
  page,
}) => {
  test.setTimeout(300_000)
  const { event, codes } = await openHall(server)
  await page.clock.install()
  await pairForGood(page, server.base, codes[0]?.code ?? '')
  await server.kill()
  let given = 0
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < 5; i++) {
      await openSheet(page, number(round * 5 + i))
      given += await tapAll(page, '合格')
      await page.goBack()
      await page.locator('.work').first().waitFor()
    }
    await page.clock.fastForward('01:36:00')
    await page.reload()
    await keptHere(page, given)
  }
  expect(given).toBe(500)
  await server.run()
  const since = Date.now()
  await expect(sync(page)).toContainText('已同步', { timeout: 30_000 })
  console.log(`500 marks of a day without a network were on the server after ${Date.now() - since} ms`)
  const marks = await marksOf(server, event)
  expect(marks.length).toBe(500)
  expect(await page.evaluate(() => Date.now()), 'the tablet lived through the day').toBeGreaterThan(
    Date.now() + 7.5 * 3_600_000,
  )
})

// Starting a browser takes one to four seconds: a hundred times (KILLS=100) are run by hand, before a release.
test('a browser killed after every tap has kept every tap', async () => {
  const kills = Number(process.env.KILLS ?? 25)
  test.setTimeout(60_000 + kills * 6_000)
  const { event, codes } = await openHall(server, { works: 2, aspects: 50 })
  const device = new Device()
  try {
    await pairForGood(await device.boot(), server.base, codes[0]?.code ?? '')
    await server.kill()
    const since = Date.now()
    for (let i = 0; i < kills; i++) {
      const page = device.page
      await page.goto(`${server.base}/tablet`)
      if (i > 0) await keptHere(page, i)
      await openSheet(page, number(i < 50 ? 0 : 1))
      const aspect = `a${(i % 50) + 1}`
      await page.evaluate(async (aspect) => {
        const card = document.querySelector(`[data-aspect=${aspect}]`)
        const yes = [...(card?.querySelectorAll('button') ?? [])].find((b) => b.textContent?.trim() === '合格')
        yes?.click()
        while (!card?.textContent?.includes('待传')) await new Promise((done) => setTimeout(done, 1))
      }, aspect)
      await device.kill()
      await device.boot()
    }
    console.log(`${kills} kills took ${Math.round((Date.now() - since) / 1000)} s`)
    await server.run()
    await device.page.goto(`${server.base}/tablet`)
    await expect(sync(device.page)).toContainText('已同步', { timeout: 30_000 })
    const marks = await marksOf(server, event)
    expect(marks.length, 'taps with a tick that are on the server').toBe(kills)
  } finally {
    await device.end()
  }
})

// What a torn write does to Chromium's database in one of some 150 kills: it is thrown away when it is next opened.
test('a browser that throws its damaged database away has kept every tap all the same', async () => {
  test.setTimeout(120_000)
  const { event, codes } = await openHall(server, { works: 2, aspects: 20 })
  const device = new Device()
  try {
    await pairForGood(await device.boot(), server.base, codes[0]?.code ?? '')
    await server.kill()
    await openSheet(device.page, number(0))
    const given = await tapAll(device.page, '合格', 7)
    await device.kill()
    expect(device.tear()).toBeGreaterThan(0)
    await device.boot()
    await device.page.goto(`${server.base}/tablet`)
    await keptHere(device.page, given)
    await expect(device.page.getByTestId('banner'), 'it was thrown away indeed').toContainText('找回 7 项')
    await device.page.getByTestId('banner').getByRole('button').click()
    await expect(device.page.getByTestId('banner')).not.toContainText('找回')
    await openSheet(device.page, number(1))
    const more = await tapAll(device.page, '不合格', 3)
    await server.run()
    await expect(sync(device.page)).toContainText('已同步', { timeout: 30_000 })
    expect((await marksOf(server, event)).length).toBe(given + more)
  } finally {
    await device.end()
  }
})
