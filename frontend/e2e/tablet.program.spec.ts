import { expect, test } from '@playwright/test'
import { openEvent } from './event.tools'
import { Server } from './server'
import { card, sync, tapKeys, toPart } from './tablet.mock'

// The tablet against the whole program: pairing, marking, and a server that dies in the middle.

const text = (zh: string) => ({ zh })

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
                { id: 'clean', name: text('表面无裂纹'), kind: 'yes_no', panel: 'judges', max: '3' },
                {
                  id: 'height',
                  name: text('余高'),
                  kind: 'limits',
                  panel: 'judges',
                  max: '2',
                  low: '0',
                  high: '2',
                  unit: 'mm',
                  accepts: { min: '0', max: '8' },
                },
                { id: 'look', name: text('整体印象'), kind: 'panel', panel: 'judges', max: '10', step: '0.25' },
              ],
            },
          ],
        },
      ],
    },
  ],
}

interface Record {
  kind: string
  aspect?: string
  value: string
}

let server: Server
let event = ''
let codes: { chair: number; code: string; url: string }[] = []

test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  ;({ event, codes } = await openEvent(server, {
    ...{ code: 'tablet-e2e', contest: '平板测试赛', scheme },
    chairs: ['周敏', '林海涛'].map((judge) => ({ panel: 'judges', judge })),
    entries: [
      { entry_no: '001', work_code: '417D', name: '梁志远' },
      { entry_no: '002', work_code: '023A', name: '何秋实' },
    ],
  }))
})

test.afterAll(() => server.stop())

const marks = async () =>
  (await server.call<{ records: Record[] }>('GET', `/api/v1/events/${event}/records?after=0`)).records.filter(
    (r) => r.kind === 'mark' || r.kind === 'finish',
  )

test('a judge marks a work to its end; a server killed in the middle loses and doubles nothing', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`${server.base}/tablet#pair=${codes[0]?.code}`)
  await expect(page.locator('.bar')).toContainText('裁判 周敏')
  await expect(page.locator('.banner')).toContainText('演练')
  await page.locator('.work', { hasText: '417' }).click()
  await tapKeys(page, '417D')

  await card(page, 'clean').getByRole('button', { name: '合格', exact: true }).click()
  await expect(card(page, 'clean')).toContainText('得 3.00')
  await expect(card(page, 'clean')).toContainText('已存')

  await server.kill()
  await card(page, 'height').locator('.value').click()
  await page.keyboard.type('1.6')
  await page.keyboard.press('Enter')
  await card(page, 'clean').getByRole('button', { name: '不合格' }).click()
  await expect(sync(page)).toContainText('离线 · 已存本机 2 项', { timeout: 20_000 })
  await server.run()
  await expect(sync(page)).toContainText('已同步', { timeout: 30_000 })
  await expect(card(page, 'height')).toContainText('已存')

  await card(page, 'look').locator('.value').click()
  await page.keyboard.type('7.25')
  await page.keyboard.press('Enter')
  await expect(card(page, 'look').locator('.panel-line')).toContainText('还差 1 人', { timeout: 15_000 })
  await page.getByRole('button', { name: '评完', exact: true }).click()
  await expect(page.locator('.finished')).toContainText('已评完')
  await expect(sync(page)).toContainText('已同步')

  expect((await marks()).map((r) => [r.kind, r.aspect, r.value])).toEqual([
    ['mark', 'clean', '1'],
    ['mark', 'height', '1.6'],
    ['mark', 'clean', '0'],
    ['mark', 'look', '7.25'],
    ['finish', 'A', ''],
  ])
  const stored = await page.evaluate(async () => {
    const open = indexedDB.open('jiangtai-tablet')
    const db = await new Promise<IDBDatabase>((done) => (open.onsuccess = () => done(open.result)))
    const ask = (store: string) =>
      new Promise<unknown>((done) => {
        const all = db.transaction(store).objectStore(store).getAll()
        all.onsuccess = () => done(all.result)
      })
    return JSON.stringify([await ask('kept'), await ask('marks')])
  })
  for (const secret of ['梁志远', '何秋实', '造船厂', '"001"']) expect(stored).not.toContain(secret)
})

test('the tablet of a replaced chair hands over what it held and says why', async ({ page, request }) => {
  const anew = await server.call<{ codes: { code: string }[] }>('POST', `/api/v1/events/${event}/pairing-codes`, {
    chairs: [2],
  })
  await page.goto(`${server.base}/tablet#pair=${anew.codes[0]?.code}`)
  await page.locator('.work', { hasText: '023' }).click()
  await tapKeys(page, '023A')
  await toPart(page, 0)
  const taken = await server.call<{ codes: { code: string }[] }>('POST', `/api/v1/events/${event}/pairing-codes`, {
    chairs: [2],
  })
  const paired = await request.post(`${server.base}/api/v1/pairings`, {
    data: { code: taken.codes[0]?.code },
    headers: { 'X-Jiangtai': '1' },
  })
  expect(paired.status()).toBe(201)
  await card(page, 'clean').getByRole('button', { name: '合格', exact: true }).click()
  await expect(sync(page)).toContainText('已由另一台平板接替 · 已交裁判长 1 项')
  await expect(page.getByTestId('banner')).toContainText('此裁判席已在另一台平板上配对')
})
