import { join, resolve } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { signIn } from '../e2e/console.tools'
import { openEvent } from '../e2e/event.tools'
import { Server } from '../e2e/server'
import { card, sync, tapKeys, toPart } from '../e2e/tablet.mock'
import { write } from '../e2e/tablet.sign.tools'

// What docs/judges.md and docs/venue.md show: a judge's day from the check of his tablet to his name under his sheet.

const out = resolve(import.meta.dirname, '../../docs/pictures')
const shoot = (page: Page, name: string) => page.screenshot({ path: join(out, `${name}.png`) })

let server: Server
let event = ''
let codes: { chair: number; code: string }[] = []

const text = (zh: string) => ({ zh })
const aspect = (id: string, zh: string, more: object) => ({ id, name: text(zh), panel: 'looks', ...more })
const scheme = {
  format: 'jiangtai.scheme/1',
  name: text('焊工'),
  identity: 'coded',
  panels: [
    { id: 'looks', name: text('外观评分组'), policy: { kind: 'mean' } },
    { id: 'measure', name: text('测量组'), policy: { kind: 'mean' } },
  ],
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
                aspect('clean', '表面无裂纹', { kind: 'yes_no', max: '3' }),
                aspect('look', '整体印象', { kind: 'panel', max: '10', step: '0.25' }),
              ],
            },
          ],
        },
        {
          id: 'B',
          name: text('尺寸'),
          subs: [
            {
              id: 'B1',
              name: text('余高'),
              aspects: [{ ...aspect('height', '余高', { kind: 'panel', max: '5', step: '0.5' }), panel: 'measure' }],
            },
          ],
        },
      ],
    },
  ],
}

const works = ['417D', '023A', '086U']
const judges = ['周敏', '林海涛', '许文静', '高远', '沈立', '郑雪', '何建国', '宋佳']

test.describe.configure({ mode: 'serial' })
test.use({ viewport: { width: 1280, height: 800 }, hasTouch: true })

test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  ;({ event, codes } = await openEvent(server, {
    ...{ code: 'judges-day', contest: '匠城市职工职业技能大赛', scheme },
    chairs: judges.map((judge, i) => ({ panel: i < 5 ? 'looks' : 'measure', judge })),
    entries: works.map((work_code, i) => ({
      ...{ entry_no: `00${i + 1}`, work_code },
      name: ['梁志远', '何秋实', '苏明'][i],
    })),
  }))
})

test.afterAll(() => server?.stop())

/** A tablet as one is handed out: it promises to keep, and its battery is full enough. */
async function handOut(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(navigator, { getBattery: () => Promise.resolve({ level: 0.86, charging: false }) })
    Object.assign(navigator.storage, { persist: () => Promise.resolve(true), persisted: () => Promise.resolve(true) })
  })
}

async function markWork(page: Page, code: string, value: string): Promise<void> {
  await page.locator('.work', { hasText: code.slice(0, 3) }).click()
  await tapKeys(page, code)
  await toPart(page, 0)
  await card(page, 'clean').getByRole('button', { name: '合格', exact: true }).click()
  await card(page, 'look').locator('.value').click()
  await page.keyboard.type(value)
  await page.keyboard.press('Enter')
  await expect(card(page, 'look')).toContainText(/已存|待传/)
}

async function back(page: Page): Promise<void> {
  await page.getByRole('button', { name: '评完', exact: true }).click()
  await page.getByRole('button', { name: '返回作品列表' }).click()
}

test("a judge's day", async ({ page }) => {
  test.setTimeout(180_000)
  page.setDefaultTimeout(20_000)
  await handOut(page)
  const code = (codes.find((c) => c.chair === 1)?.code ?? '').replace('-', '')
  await page.goto(`${server.base}/tablet`)
  await page.getByRole('heading', { name: '配对' }).waitFor()
  await tapKeys(page, code.slice(0, 6))
  await shoot(page, 'judge-pair')
  await tapKeys(page, code.slice(6))
  await page.getByRole('button', { name: '配对', exact: true }).click()
  await expect(page.locator('.bar')).toContainText('周敏')

  await page.goto(`${server.base}/tablet/check`)
  await expect(page.getByRole('button', { name: '再查一遍' })).toBeVisible({ timeout: 40_000 })
  await expect(page.locator('.told')).toContainText('已报给裁判长')
  await shoot(page, 'tablet-check')

  await page.goto(`${server.base}/tablet`)
  await page.locator('.work', { hasText: '417' }).click()
  await page.locator('.letters').waitFor()
  await tapKeys(page, '417')
  await shoot(page, 'judge-label')
  await page.keyboard.press('Escape')

  await markWork(page, '417D', '7.25')
  await expect(sync(page)).toContainText('已同步')
  await page.getByTestId('call').click()
  await page.getByRole('button', { name: '评判有争议' }).click()
  await shoot(page, 'judge-call')
  await page.keyboard.press('Escape')
  await back(page)
  await server.kill()
  await markWork(page, '023A', '8.5')
  await expect(sync(page)).toContainText('离线 · 已存本机', { timeout: 20_000 })
  await shoot(page, 'judge-offline')
  await back(page)
  await server.run()
  await markWork(page, '086U', '6.75')
  await expect(sync(page)).toContainText('已同步', { timeout: 30_000 })
  await back(page)
  await page.locator('.sign-bar').getByRole('button', { name: '签名', exact: true }).click()
  await write(page)
  await shoot(page, 'judge-sign')
})

test('the wall of ready tablets', async ({ page }) => {
  const checks = [
    'secure',
    'storage',
    'persist',
    'quota',
    'offline',
    'server',
    'browser',
    'screen',
    'touch',
    'clock',
    'battery',
  ]
  const worse: Record<number, [string, string]> = { 3: ['battery', 'attention'], 5: ['storage', 'fail'] }
  for (const { chair, code } of codes.filter((c) => [2, 3, 4, 5, 6, 7].includes(c.chair))) {
    const { token } = await server.call<{ token: string }>('POST', '/api/v1/pairings', { code }, '')
    if (chair === 7) continue // paired, and not checked
    const found = checks.map((check) => {
      const [which, state] = worse[chair] ?? []
      return { check, state: check === which ? state : 'ok', detail: '' }
    })
    await server.call('PUT', '/api/v1/tablet/readiness', { checks: found }, token)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await signIn(page, server, server.admin.user, server.admin.password)
  await expect(page.getByLabel('用户名')).toHaveCount(0)
  await page.goto(`${server.base}/console/events/${event}/readiness`)
  await expect(page.locator('[data-chair="5"]')).toContainText('不能用')
  await shoot(page, 'readiness')
})
