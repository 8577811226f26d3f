import { expect, test, type Page } from '@playwright/test'
import { signIn, sound } from './console.tools'
import { button, seat, sign } from './floor.tools'
import { openEvent } from './event.tools'
import { Server } from './server'
import { sync } from './tablet.mock'

// The floor against the whole program: from the start to the time mark on the board's working, and to the console.

const text = (zh: string) => ({ zh })

const scheme = {
  format: 'jiangtai.scheme/1',
  name: text('焊工'),
  identity: 'seat',
  panels: [{ id: 'floor', name: text('现场裁判组'), policy: { kind: 'mean' } }],
  components: [
    {
      id: 'practical',
      name: text('实操'),
      criteria: [
        {
          id: 'B',
          name: text('操作过程'),
          subs: [
            {
              id: 'B1',
              name: text('用时'),
              aspects: [
                {
                  id: 'used',
                  name: text('净用时'),
                  kind: 'time',
                  mode: 'linear',
                  panel: 'floor',
                  max: '5',
                  limit: '5400',
                  best: '1',
                },
              ],
            },
          ],
        },
      ],
    },
  ],
}

interface Session {
  work: string
  state: string
  net: number
  added: number
  pauses: { why: string; seconds: number }[]
  additions: { seconds: number; why: string }[]
  signature: { kind: string; text: string } | null
}
interface RecordLine {
  kind: string
  aspect?: string
  value: string
  client_at?: string | number
}

let server: Server
let event = ''
let code = ''

test.beforeAll(async () => {
  test.setTimeout(180_000)
  server = await Server.start()
  const opened = await openEvent(server, {
    ...{ code: 'floor-e2e', contest: '现场测试赛', scheme },
    chairs: [{ panel: 'floor', judge: '周敏' }],
    entries: [
      { entry_no: '001', seat_no: '07', name: '梁志远' },
      { entry_no: '002', seat_no: '08', name: '何秋实' },
    ],
  })
  event = opened.event
  code = opened.codes[0]?.code ?? ''
})

test.afterAll(() => server.stop())

const keep = (page: Page) => page.getByRole('dialog').locator('.acts .btn.main')
const sessions = async () =>
  (await server.call<{ sessions: Session[] }>('GET', `/api/v1/events/${event}/sessions`)).sessions

test('a seat is timed, also while the server is dead; its net time stands on the board to the second', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`${server.base}/tablet#pair=${code}`)
  await page.locator('.to-floor').click()
  await button(page, '07', '开始').click()
  await expect(sync(page)).toContainText('已同步')
  await expect(seat(page, '07').locator('.net')).toContainText('0:00:03', { timeout: 20_000 })

  await server.kill()
  await button(page, '07', '暂停').click()
  await page.getByRole('dialog').getByRole('button', { name: '设备故障' }).click()
  await button(page, '07', '补时').click()
  await page.getByRole('dialog').getByRole('button', { name: '+5 分' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '设备故障，已修复' }).click()
  await keep(page).click()
  await expect(seat(page, '07')).toContainText('待传 2 项') // what is not yet shown as kept a reload may lose
  await page.reload()
  await expect(seat(page, '07')).toContainText('已暂停')
  await button(page, '07', '继续').click()
  await expect(seat(page, '07')).toContainText('进行中')
  await expect(seat(page, '07')).toContainText('待传 3 项')
  await server.run()
  await expect(seat(page, '07')).not.toContainText('待传', { timeout: 60_000 })

  await button(page, '07', '交件').click()
  const shown = (await page.getByRole('dialog').locator('.big').textContent()) ?? ''
  await keep(page).click()
  await button(page, '07', '选手签名').click()
  await sign(page)
  await keep(page).click()
  await expect(seat(page, '07')).toContainText('选手已签名')
  await expect(sync(page)).toContainText('已同步')
  const [h = 0, min = 0, s = 0] = shown.split(':').map(Number)
  const net = h * 3600 + min * 60 + s

  const [session] = await sessions()
  expect(session).toMatchObject({
    ...{ work: '07', state: 'handed_in', net, added: 300, signature: { kind: 'signed', text: '' } },
    ...{ pauses: [{ why: 'equipment' }], additions: [{ seconds: 300, why: '设备故障，已修复' }] },
  })
  const { records } = await server.call<{ records: RecordLine[] }>('GET', `/api/v1/events/${event}/records?after=0`)
  expect(records.filter((r) => r.kind === 'clock' || r.kind === 'mark').map((r) => [r.kind, r.value])).toEqual([
    ['clock', 'start'],
    ['clock', 'pause equipment'],
    ['clock', 'add 300'],
    ['clock', 'resume'],
    ['clock', 'hand_in'],
    ['mark', String(net)],
    ['clock', 'signed'],
  ])
  const working = await server.call('GET', `/api/v1/events/${event}/working/07`)
  expect(JSON.stringify(working)).toContain(`"value":"${net}"`)
})

test('the console shows the floor live, in both languages, and prints its record', async ({ page }) => {
  test.setTimeout(120_000)
  await signIn(page, server, server.admin.user, server.admin.password)
  await expect(page.getByRole('heading', { name: '登录' })).toHaveCount(0)
  for (const [language, theme] of [
    ['zh-CN', 'light'],
    ['en', 'dark'],
  ] as const) {
    await page.goto(`${server.base}/console/events/${event}/floor?lang=${language}&theme=${theme}`)
    const records = page.locator('.floor-records')
    await expect(records).toContainText('07')
    await records.getByLabel(language === 'en' ? 'Show' : '看哪些').selectOption('open')
    await expect(records).not.toContainText('07')
    await records.getByLabel(language === 'en' ? 'Show' : '看哪些').selectOption('all')
    await expect(records).toContainText('07')
    for (const view of ['grid', 'table']) {
      if (view === 'table') await page.locator('.floor-records [aria-pressed=false]').click()
      await sound(page, `${language} ${view}`)
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/console-${language}-${view}.png` })
    }
  }
  const paper = await page.request.get(`${server.base}/api/v1/events/${event}/sessions.pdf`)
  expect([paper.status(), paper.headers()['content-type']]).toEqual([200, 'application/pdf'])
  expect((await paper.body()).subarray(0, 5).toString()).toBe('%PDF-')
})
