import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { binary } from '../e2e/server'

// What README and docs show is what the program shows: one picture of each area, from the demonstration.

const out = resolve(import.meta.dirname, '../../docs/pictures')
const base = 'http://127.0.0.1:8099'

interface Book {
  accounts: { role: string; user: string; password: string }[]
  chairs: { event: string; panel: string; chair: number; code: string }[]
}

let demo: ChildProcess
let book: Book
let events: { id: string; trade: string; phase: string; release: string }[]

test.beforeAll(async () => {
  test.setTimeout(240_000)
  const file = join(mkdtempSync(join(tmpdir(), 'jiangtai-pictures-')), 'accounts.json')
  demo = spawn(binary, ['demo', '--accounts', file, '--speed', '4'], {
    env: { ...process.env, JIANGTAI_HTTP_ADDR: '127.0.0.1:8099' },
    stdio: 'ignore',
  })
  await expect
    .poll(
      () => {
        try {
          book = JSON.parse(readFileSync(file, 'utf8')) as Book
          return book.chairs.length
        } catch {
          return 0
        }
      },
      { timeout: 200_000 },
    )
    .toBeGreaterThan(0)
  const list = (await (await fetch(`${base}/api/v1/public/events?limit=200`)).json()) as { events: typeof events }
  events = list.events
})

test.afterAll(async () => {
  const gone = new Promise((done) => demo.once('exit', done))
  demo.kill('SIGTERM')
  await gone
})

const of = (trade: string) => events.find((e) => e.trade === trade)?.id ?? ''

async function open(browser: Browser, width: number, height: number, more = {}): Promise<Page> {
  return browser.newPage({ viewport: { width, height }, ...more })
}

const shoot = (page: Page, name: string) => page.screenshot({ path: join(out, `${name}.png`) })

test('tablet', async ({ browser }) => {
  const event = of('焊工')
  const chair = book.chairs.filter((c) => c.event === event && c.panel === 'measure')[0]
  const page = await open(browser, 1280, 800)
  await page.goto(`${base}/tablet#pair=${chair?.code}`)
  await expect(page.locator('.work').first()).toBeVisible()
  await page.getByTestId('banner').getByRole('button').click() // the tablet of the simulated judge is frozen from here on
  await shoot(page, 'tablet-works')
  await page.locator('.work', { hasText: '未评' }).first().click()
  await page.locator('.asp').first().waitFor()
  const counts = page.locator('[data-aspect=pores]')
  await counts.getByRole('button', { name: '加 1' }).click()
  const readings = page.locator('[data-aspect=reinforcement] .value').first()
  await readings.click()
  for (const value of ['1.6', '0.9', '1.2']) {
    await page.keyboard.type(value)
    await page.keyboard.press('Enter')
  }
  await expect(page.getByTestId('sync')).toContainText('已同步')
  await shoot(page, 'tablet')
})

test('sign-off on the tablet', async ({ browser }) => {
  const chair = book.chairs.find((c) => c.event === of('铣工'))
  const page = await open(browser, 1280, 800)
  await page.goto(`${base}/tablet#pair=${chair?.code}`)
  // The demonstration's judges sign what is locked; the tablet that takes a chair over shows what was signed.
  const bar = page.locator('.sign-bar')
  await expect(bar).toContainText(/已签名/, { timeout: 60_000 })
  await bar.getByRole('button', { name: '查看签名' }).click()
  await expect(page.locator('.signed-banner')).toBeVisible()
  await expect(page.getByTestId('sync')).toContainText('已同步')
  await page.getByTestId('banner').getByRole('button').click()
  await shoot(page, 'tablet-sign')
})

test('board', async ({ browser }) => {
  const phone = await open(browser, 375, 812, { deviceScaleFactor: 2 })
  await phone.goto(`${base}/`)
  await expect(phone.getByText('焊工').first()).toBeVisible()
  await shoot(phone, 'board-list')
  await phone.goto(`${base}/#/e/${of('焊工')}`)
  await expect(phone.locator('li[data-k]').first()).toBeVisible()
  await shoot(phone, 'board')
})

test('screen', async ({ browser }) => {
  const wall = await open(browser, 1920, 1080)
  await wall.goto(`${base}/screen?event=${of('焊工')}`)
  await expect(wall.locator('li[data-k]').first()).toBeVisible()
  await shoot(wall, 'screen')
})

test('console', async ({ browser }) => {
  const desk = await open(browser, 1440, 900)
  const organiser = book.accounts.find((a) => a.role === 'organiser')
  await desk.goto(`${base}/console`)
  await desk.getByLabel('用户名').fill(organiser?.user ?? '')
  await desk.getByLabel('密码').fill(organiser?.password ?? '')
  await desk.getByRole('button', { name: '登录' }).click()
  await desk
    .getByRole('link', { name: /第五届/ })
    .first()
    .click()
  await expect(desk.getByText('焊工').first()).toBeVisible()
  await expect(desk.getByText('实时').first()).toBeVisible()
  await shoot(desk, 'console')
  await desk.goto(`${base}/console/events/${of('焊工')}`)
  await expect(desk.getByText('实时成绩')).toBeVisible()
  await expect(desk.locator('td', { hasText: '001' }).first()).toBeVisible()
  await shoot(desk, 'console-event')
})

/** A page that somebody of the demonstration is signed in on. */
async function signedIn(browser: Browser, user: string, width = 1440, height = 900): Promise<Page> {
  const page = await open(browser, width, height)
  const account = book.accounts.find((a) => a.user === user)
  const answer = await page.request.post(`${base}/api/v1/sessions`, {
    data: { user, password: account?.password ?? '' },
    headers: { 'X-Jiangtai': '1', Origin: base },
  })
  expect(answer.status()).toBe(201)
  return page
}

/** Takes a page of the console once `words` stand on it. */
async function shootConsole(page: Page, path: string, words: string, name: string): Promise<void> {
  await page.goto(`${base}/console${path}`)
  await expect(page.getByText(words).first()).toBeVisible()
  await page.waitForLoadState('networkidle')
  await shoot(page, name)
}

test('plan and registration', async ({ browser }) => {
  const desk = await signedIn(browser, 'organiser')
  await shootConsole(desk, '/plan', '焊工', 'plan')
  await shootConsole(desk, `/events/${of('电切削工')}/registrations`, '待承办审核', 'registrations')
  const phone = await open(browser, 375, 812, { deviceScaleFactor: 2 })
  await phone.goto(`${base}/register?event=${of('电切削工')}`)
  await expect(phone.getByLabel('姓名')).toBeVisible()
  await phone.getByLabel('姓名').fill('梁志远')
  await shoot(phone, 'register')
})

test('coding desk', async ({ browser }) => {
  const desk = await signedIn(browser, 'coder-seat')
  await shootConsole(desk, `/events/${of('模具工')}/coding`, '抽签', 'coding')
})

test('from the last mark to the signed list', async ({ browser }) => {
  const chief = await signedIn(browser, 'chief')
  await shootConsole(chief, `/events/${of('车工')}/outstanding`, '只许差', 'outstanding')
  await chief.getByRole('button', { name: /看是哪些 2 件/ }).click()
  await shoot(chief, 'outstanding')
  await shootConsole(chief, `/events/${of('铣工')}/signing`, '待签名', 'papers')
  await shootConsole(chief, `/events/${of('铣工')}/recheck`, '无误', 'recheck')
  const clerk = await signedIn(browser, 'clerk')
  await shootConsole(clerk, `/events/${of('数控铣工')}/entering`, '理论成绩', 'entering')
  await clerk.getByLabel('录分表').selectOption({ index: 4 }) // begun, and not done
  await clerk.getByText('12 / 40').first().waitFor()
  await shoot(clerk, 'entering')
})

test('honours', async ({ browser }) => {
  const office = await signedIn(browser, 'office')
  await shootConsole(office, '/honours/proposals', '钳工', 'proposals')
  const list = (await (await office.request.get(`${base}/api/v1/honours/campaigns`)).json()) as {
    campaigns: { id: string; sequence: string }[]
  }
  const medal = list.campaigns.find((c) => c.sequence === 'medal')
  await shootConsole(office, `/honours/campaigns/${medal?.id}`, '梁志远', 'campaign')
  const phone = await open(browser, 375, 812, { deviceScaleFactor: 2 })
  await phone.goto(`${base}/notices`)
  await expect(phone.getByText('公示').first()).toBeVisible()
  await phone.waitForLoadState('networkidle')
  await shoot(phone, 'notices')
})
