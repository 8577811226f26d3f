import { expect, test, type Page } from '@playwright/test'
import { openEvent } from './event.tools'
import { Server } from './server'
import { card, sync } from './tablet.mock'

// The way of one mark: a tap on a judge's tablet, the last one of its panel, moves a row on a phone and on the wall.

const text = (zh: string) => ({ zh })

const scheme = {
  format: 'jiangtai.scheme/1',
  name: text('茶艺师'),
  panels: [{ id: 'judges', name: text('评判组'), chairs: 3, policy: { kind: 'mean', least: 3 } }],
  components: [
    {
      id: 'practical',
      name: text('实操'),
      criteria: [
        {
          id: 'A',
          name: text('茶席'),
          subs: [
            {
              id: 'A1',
              name: text('冲泡'),
              aspects: [{ id: 'brew', name: text('冲泡'), kind: 'panel', panel: 'judges', max: '10', step: '0.5' }],
            },
          ],
        },
      ],
    },
  ],
}

const people = ['梁志远', '欧阳婷', '何秋实', '单青']

let server: Server
let event = ''
let codes: { chair: number; code: string }[] = []

test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  ;({ event, codes } = await openEvent(server, {
    ...{ code: 'journey', contest: '一分之路', scheme },
    trade: { trade: '茶艺师' },
    unit: { name: '江城茶业有限公司', short: '江城茶业' },
    chairs: ['周敏', '林海涛', '赵立新'].map((judge) => ({ panel: 'judges', judge })),
    entries: people.map((name, i) => ({ entry_no: `00${i + 1}`, name })),
  }))
})

test.afterAll(() => server.stop())

/** Marks by a tablet that no page shows. */
async function mark(chair: number, values: Record<string, string>): Promise<void> {
  const code = codes.find((c) => c.chair === chair)?.code
  const { token } = await server.call<{ token: string }>('POST', '/api/v1/pairings', { code }, '')
  const marks = Object.entries(values).map(([work, value], i) => ({
    mark_id: crypto.randomUUID(),
    event,
    chair,
    work,
    aspect: 'brew',
    value,
    version: 1,
    device_seq: i + 1,
  }))
  const { results } = await server.call<{ results: { status: number }[] }>('POST', '/api/v1/marks', { marks }, token)
  expect(results.map((r) => r.status)).toEqual(marks.map(() => 200))
}

const names = (page: Page, row: string, name: string) => page.locator(row).locator(name).allTextContents()

test('a tap on the tablet moves a row on the board and on the screen', async ({ browser }) => {
  // Two judges have marked everybody, the third all but 单青, who is to win.
  await mark(1, { '001': '8', '002': '7', '003': '6', '004': '9.5' })
  await mark(2, { '001': '8', '002': '7', '003': '6', '004': '9.5' })
  await mark(3, { '001': '8', '002': '7', '003': '6' })

  const phone = await browser.newPage({ viewport: { width: 375, height: 812 } })
  const wall = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  const tablet = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await phone.goto(`${server.base}/#/e/${event}`)
  await wall.goto(`${server.base}/screen?event=${event}`)
  const onPhone = () => names(phone, 'li[data-k]', '.nm > b')
  const onWall = () => names(wall, 'li[data-k]', '.name')
  const before = ['梁志远', '欧阳婷', '何秋实', '单青']
  await expect.poll(onPhone).toEqual(before)
  await expect.poll(onWall).toEqual(before)
  await expect(phone.locator('li[data-k="004"]')).toContainText('还差 1 项')

  const seat = await server.call<{ codes: typeof codes }>('POST', `/api/v1/events/${event}/pairing-codes`, {
    chairs: [3],
  })
  await tablet.goto(`${server.base}/tablet#pair=${seat.codes[0]?.code}`)
  await tablet.locator('.work', { hasText: '004' }).click()
  await card(tablet, 'brew').locator('.value').click()
  await tablet.keyboard.type('9.5')
  await tablet.keyboard.press('Enter')
  await expect(sync(tablet)).toContainText('已同步')

  const after = ['单青', '梁志远', '欧阳婷', '何秋实']
  await expect.poll(onPhone).toEqual(after)
  await expect.poll(onWall).toEqual(after)
  await expect(phone.locator('li[data-k="004"]')).toContainText('9.50')
  await expect(wall.locator('li[data-k="004"]')).toContainText('9.50')
})

test('what is frozen stands still, what is published is official', async ({ browser }) => {
  const phone = await browser.newPage({ viewport: { width: 375, height: 812 } })
  await phone.goto(`${server.base}/#/e/${event}`)
  await expect(phone.getByText('进行中').first()).toBeVisible()
  const act = (what: string) =>
    server.call('POST', `/api/v1/events/${event}/acts`, { act_id: crypto.randomUUID(), act: what })
  await act('freeze')
  await expect(phone.getByText('封榜').first()).toBeVisible()
  await act('unfreeze')
  await act('lock')
  await expect(phone.getByText('暂列').first()).toBeVisible()
  await act('publish')
  await expect(phone.getByText('正式').first()).toBeVisible()
})
