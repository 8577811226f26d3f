import { createRequire } from 'node:module'
import { expect, test, type Page } from '@playwright/test'
import { button, floorBundle, seat, sign } from './floor.tools'
import { Hall, pairUp, sync, wipe } from './tablet.mock'

// 现场计时 as a judge on the floor meets it: eight seats at once, gloves, no network, a clock that is put right.

const axe = createRequire(import.meta.url).resolve('axe-core')
const sizes = [
  { width: 1280, height: 800 },
  { width: 1024, height: 768 },
  { width: 800, height: 1280 },
]

async function start(page: Page, query = '', kind: 'real' | 'rehearsal' = 'real'): Promise<Hall> {
  const hall = new Hall()
  hall.bundle = floorBundle()
  hall.bundle.event.kind = kind
  await hall.open(page)
  await pairUp(page, query)
  await page.locator('.to-floor').click()
  await page.locator('.seat').first().waitFor()
  return hall
}

const said = (hall: Hall) => [...hall.records.values()].map((r) => [r.kind, r.work, r.aspect, r.value])
const dialog = (page: Page) => page.getByRole('dialog')
const keep = (page: Page) => dialog(page).locator('.acts .btn.main')

test('a session from start to signature, with its net time on the sheet', async ({ page }) => {
  await page.clock.install({ time: new Date('2026-10-20T09:00:00+08:00') })
  await page.setViewportSize({ width: 1280, height: 800 })
  const hall = await start(page)
  await expect(page.locator('.seat')).toHaveCount(8)

  await button(page, '01', '开始').click()
  await expect(seat(page, '01')).toContainText('进行中')
  await page.clock.fastForward(600_000)
  await expect(seat(page, '01').locator('.net')).toContainText('0:10:0')

  // The clock stands from the tap, however long the reason takes.
  await button(page, '01', '暂停').click()
  await page.clock.runFor(20_000)
  await dialog(page).getByRole('button', { name: '设备故障' }).click()
  await expect(seat(page, '01')).toContainText('已暂停')
  await expect(seat(page, '01')).toContainText('设备故障 · 已停 0:00:2')
  const stood = await seat(page, '01').locator('.net').textContent()
  await page.clock.fastForward(300_000)
  await expect(seat(page, '01').locator('.net')).toHaveText(stood ?? '')

  await button(page, '01', '补时').click()
  await expect(keep(page)).toHaveText('先选分钟数')
  await dialog(page).getByRole('button', { name: '+5 分' }).click()
  await dialog(page).getByRole('button', { name: '+1 分' }).click()
  await expect(keep(page)).toHaveText('先写原因')
  await dialog(page).getByRole('button', { name: '设备故障，已修复' }).click()
  await keep(page).click()
  await expect(seat(page, '01')).toContainText('补时 0:06:00')
  await button(page, '01', '继续').click()

  await button(page, '01', '违规').click()
  await dialog(page).locator('.item .steps button').nth(1).click()
  await keep(page).click()
  await expect(seat(page, '01')).toContainText('违规 1 次')

  await page.clock.runFor(60_000)
  await button(page, '01', '交件').click()
  const net = await dialog(page).locator('.big').textContent()
  await page.clock.runFor(30_000)
  await keep(page).click()
  await expect(seat(page, '01')).toContainText('已交件')
  await expect(seat(page, '01').locator('.net')).toContainText(net ?? 'none')

  await button(page, '01', '选手签名').click()
  await expect(keep(page)).toHaveText('先在上面签名')
  await expect(dialog(page)).toContainText('请写赛位号，不要写姓名')
  await sign(page)
  await keep(page).click()
  await expect(seat(page, '01')).toContainText('选手已签名')

  await page.clock.runFor(2_000)
  await expect(sync(page)).toContainText('已同步')
  const [h = 0, min = 0, s = 0] = (net ?? '').split(':').map(Number)
  expect(said(hall)).toEqual([
    ['clock', '01', 'B', 'start'],
    ['clock', '01', 'B', 'pause equipment'],
    ['clock', '01', 'B', 'add 360'],
    ['clock', '01', 'B', 'resume'],
    ['mark', '01', 'rules', 'late=1'],
    ['clock', '01', 'B', 'violation'],
    ['clock', '01', 'B', 'hand_in'],
    ['mark', '01', 'clock', String(h * 3600 + min * 60 + s)],
    ['clock', '01', 'B', 'signed'],
  ])
  const texts = [...hall.records.values()].map((r) => (r as { text?: string }).text ?? '')
  expect(texts[5]).toBe('超时后继续操作')
  expect(texts[8]).toMatch(/^\d+ \d+;\d+,\d+,0 /)
})

test('a hand-in that is taken back takes its time along, and the clock runs on', async ({ page }) => {
  await page.clock.install({ time: new Date('2026-10-20T09:00:00+08:00') })
  const hall = await start(page)
  await button(page, '02', '开始').click()
  await page.clock.fastForward(100_000)
  await button(page, '02', '交件').click()
  await keep(page).click()
  await button(page, '02', '.*更多').click()
  await dialog(page)
    .getByRole('button', { name: /^撤销：交件/ })
    .click()
  await expect(dialog(page)).toContainText('用时也一起撤回')
  await keep(page).click()
  await expect(seat(page, '02')).toContainText('进行中')
  await page.clock.runFor(2_000)
  await expect(seat(page, '02').locator('.net')).toContainText('0:01:4')
  await expect(sync(page)).toContainText('已同步')
  expect(said(hall).map(([kind, , , value]) => [kind, value])).toEqual([
    ['clock', 'start'],
    ['clock', 'hand_in'],
    ['mark', expect.stringMatching(/^10\d$/)],
    ['clock', 'undo'],
    ['withdraw', ''],
  ])
  const records = [...hall.records.values()]
  expect(records[3]?.supersedes).toBe(records[1]?.mark_id)
})

test('all of a page start at one moment; the others wait on the next', async ({ page }) => {
  const hall = await start(page)
  await page.getByRole('button', { name: '本页全部开始' }).click()
  await expect(dialog(page)).toContainText('同时开始 7 个赛位')
  await keep(page).click()
  await expect(page.locator('.seat.running')).toHaveCount(7)
  await expect(sync(page)).toContainText('已同步')
  const starts = [...hall.records.values()] as unknown as { client_at: number }[]
  expect(new Set(starts.map((r) => r.client_at)).size).toBe(1)
  await expect(seat(page, '06')).toContainText('缺赛')
  await page.getByRole('button', { name: '下一页' }).click()
  await expect(page.locator('.seat')).toHaveCount(2)
  await expect(page.locator('.seat.running')).toHaveCount(0)
  await expect(page.locator('.counts')).toContainText('进行 7')
})

test('offline through a reload and a clock that is set: nothing is lost, nothing jumps', async ({ page }) => {
  await page.clock.install({ time: new Date('2026-10-20T09:00:00+08:00') })
  const hall = await start(page)
  await button(page, '03', '开始').click()
  await expect.poll(() => hall.records.size).toBe(1)
  await expect(seat(page, '03')).not.toContainText('待传')
  hall.weather = 'down'
  await page.clock.fastForward(120_000)
  await button(page, '03', '暂停').click()
  await dialog(page).getByRole('button', { name: '材料问题' }).click()
  await page.clock.runFor(60_000)
  await button(page, '03', '继续').click()
  await expect(seat(page, '03')).toContainText('待传 2 项')

  // Somebody sets the tablet's time back by a day.
  await page.evaluate(() => {
    const real = Date.now
    Date.now = () => real() - 86_400_000
  })
  await page.clock.runFor(60_000)
  await expect(seat(page, '03').locator('.net')).toContainText('0:03:0')

  await page.reload()
  await expect(seat(page, '03')).toContainText('进行中')
  await expect(seat(page, '03').locator('.net')).toContainText('0:0')
  await expect(sync(page)).toContainText('离线')
  await button(page, '03', '交件').click()
  await keep(page).click()
  await expect(seat(page, '03')).toContainText('待传 3 项')
  hall.weather = 'fair'
  await page.clock.runFor(40_000)
  await expect(sync(page)).toContainText('已同步')
  await expect(seat(page, '03')).not.toContainText('待传')
  const records = [...hall.records.values()] as unknown as { value: string; client_at: number; kind: string }[]
  expect(records.map((r) => r.value).slice(0, 4)).toEqual(['start', 'pause material', 'resume', 'hand_in'])
  const [a = 0, b = 0, c = 0, d = 0] = records.map((r) => r.client_at)
  expect(records[4]).toMatchObject({ kind: 'mark', value: String(Math.floor((b - a + d - c) / 1000)) })
  expect([b - a, c - b, d - c].every((ms) => ms >= 0 && ms < 600_000)).toBe(true)
})

test('no work, absent and a refusal with its witness', async ({ page }) => {
  const hall = await start(page)
  await button(page, '04', '缺席').click()
  await keep(page).click()
  await expect(seat(page, '04')).toContainText('缺席')
  await button(page, '05', '开始').click()
  await button(page, '05', '.*更多').click()
  await dialog(page).getByRole('button', { name: '缺件' }).click()
  await keep(page).click()
  await expect(seat(page, '05')).toContainText('缺件')
  await button(page, '05', '拒签').click()
  await expect(keep(page)).toHaveText('先写见证人')
  await dialog(page).locator('input').fill('林海涛')
  await dialog(page).getByRole('button', { name: '对用时有异议' }).click()
  await keep(page).click()
  await expect(seat(page, '05')).toContainText('拒签，有见证人')
  await expect(sync(page)).toContainText('已同步')
  expect(said(hall).map(([kind, work, , value]) => `${kind} ${work} ${value}`)).toEqual([
    'clock 04 absent',
    'clock 05 start',
    'clock 05 no_work',
    'not_performed 05 ',
    'clock 05 refused',
  ])
  expect([...hall.records.values()].pop()).toMatchObject({ text: '见证人：林海涛；对用时有异议' })
})

test('how near the end is stands in words at 15, 5 and 0 minutes', async ({ page }) => {
  await page.clock.install({ time: new Date('2026-10-20T09:00:00+08:00') })
  await start(page)
  await button(page, '07', '开始').click()
  const line = seat(page, '07').locator('.line')
  await expect(line).toContainText('剩 1:29:5')
  await page.clock.fastForward(75 * 60_000 + 2000)
  await expect(line).toContainText('不到 15 分 · 剩 0:14:')
  await page.clock.fastForward(10 * 60_000)
  await expect(line).toContainText('不到 5 分 · 剩 0:04:')
  await page.clock.fastForward(5 * 60_000)
  await expect(line).toContainText('时间到 · 超 0:00:')
})

test('what the server refuses stands on the seat, and does not count', async ({ page }) => {
  const hall = await start(page)
  hall.refuse.set('B', { status: 422, code: 'judging.clock_order', title: '次序不对：已交件' })
  await button(page, '08', '开始').click()
  await expect(seat(page, '08').getByRole('alert')).toContainText('被退回：次序不对：已交件')
  await expect(seat(page, '08')).toContainText('未开始')
})

/** Buttons below 72 px, text below 18 px, anything wider than the page, a clock whose figures would dance. */
function flaws(): string[] {
  const found: string[] = []
  const name = (e: Element) => `${e.tagName}.${e.className} "${(e.textContent ?? '').trim().slice(0, 24)}"`
  const shown = (e: Element) => e.checkVisibility({ visibilityProperty: true })
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
  for (const e of document.querySelectorAll('.seat button, .floor-bar button, .dialog button:not(.square)')) {
    if (!shown(e) || e.closest('.keys')) continue
    const { width, height } = e.getBoundingClientRect()
    if (width < 71.5 || height < 71.5) found.push(`${name(e)}: ${width} × ${height}`)
    if (e.scrollWidth > e.clientWidth + 1) found.push(`${name(e)}: words wider than the button`)
  }
  for (const e of document.querySelectorAll('button,input,textarea')) {
    const { width, height } = e.getBoundingClientRect()
    if (shown(e) && (width < 47.5 || height < 47.5)) found.push(`${name(e)}: ${width} × ${height}`)
  }
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent?.trim())
    if (!own || !shown(e) || e.closest('.only-heard')) continue
    const size = parseFloat(getComputedStyle(e).fontSize)
    if (size < 1.125 * rem - 0.1) found.push(`${name(e)}: ${size} px text`)
  }
  for (const e of document.querySelectorAll(
    '.app, main, .seat, .seat .net, .dialog, .dialog .inside, .bar, .floor-bar',
  )) {
    if (e.scrollWidth > e.clientWidth + 1) found.push(`${name(e)}: ${e.scrollWidth} in ${e.clientWidth}`)
  }
  for (const e of document.querySelectorAll('.seat .net')) {
    if (!getComputedStyle(e).fontVariantNumeric.includes('tabular-nums')) found.push('figures that dance')
  }
  return found
}

/** Every state of a seat, and every question that is asked. */
async function everywhere(page: Page, look: (view: string) => Promise<void>): Promise<void> {
  const first = page.locator('.seat').first()
  const nth = (n: number) => first.locator('.acts .btn').nth(n)
  const shut = () => page.keyboard.press('Escape')
  await page.locator('.seat').nth(1).locator('.acts .btn').first().click()
  const third = page.locator('.seat').nth(2)
  await third.locator('.acts .btn').first().click()
  // Only when it has started is the first button the pause: a tap on a button that is done with does nothing.
  await expect(third).toHaveClass(/running/)
  await third.locator('.acts .btn').first().click()
  await look('pause')
  await dialog(page).locator('.tall .btn').first().click()
  await nth(0).click()
  await look('seats')
  await nth(2).click()
  await look('violation')
  await shut()
  await nth(3).click()
  await look('more')
  await dialog(page).locator('.tall .btn').first().click()
  await look('add')
  await shut()
  await nth(1).click()
  await look('hand in')
  await keep(page).click()
  await nth(0).click()
  await look('sign')
  await shut()
  await nth(1).click()
  await look('refuse')
  await shut()
  await page.locator('.floor-bar > .btn').click()
  await look('start all')
  await shut()
}

for (const size of sizes) {
  for (const large of [false, true]) {
    test(`sizes at ${size.width} × ${size.height}${large ? ' in large type' : ''}`, async ({ page }) => {
      await page.setViewportSize(size)
      await page.addInitScript((on) => localStorage.setItem('jiangtai.large', on ? '1' : ''), large)
      for (const language of large ? ['en'] : ['zh-CN', 'en']) {
        await start(page, `?lang=${language}`)
        await everywhere(page, async (view) => {
          expect(await page.evaluate(flaws), view).toEqual([])
          if (process.env.SHOTS) {
            const name = `${size.width}-${language}${large ? '-large' : ''}-${view.replace(' ', '_')}.png`
            await page.screenshot({ path: `${process.env.SHOTS}/${name}` })
          }
        })
        if (!large) {
          // Eight seats at once: no scrolling.
          const main = page.locator('main.seats')
          expect(await main.evaluate((e) => e.scrollHeight - e.clientHeight), language).toBeLessThanOrEqual(1)
        }
        await page.goto('about:blank')
        await page.goto('https://hall.test/icon.svg')
        await wipe(page)
      }
    })
  }
}

for (const size of sizes) {
  test(`a rehearsal says so, and its eight seats are in view at ${size.width} × ${size.height}`, async ({ page }) => {
    await page.setViewportSize(size)
    await start(page, '', 'rehearsal')
    await expect(page.getByTestId('banner')).toContainText('演练')
    await page.locator('.seat').first().locator('.acts .btn').first().click()
    await expect(page.locator('.seat').first()).toHaveClass(/running/)
    expect(await page.evaluate(flaws)).toEqual([])
    const main = page.locator('main.seats')
    expect(await main.evaluate((e) => e.scrollHeight - e.clientHeight)).toBeLessThanOrEqual(1)
  })
}

for (const [theme, language] of [
  ['light', 'zh-CN'],
  ['dark', 'en'],
]) {
  test(`no violation of the accessibility rules, ${theme}, ${language}`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await start(page, `?theme=${theme}&lang=${language}`)
    await page.addScriptTag({ path: axe })
    await everywhere(page, async (view) => {
      const violations = await page.evaluate(async () => {
        const { violations } = await (
          window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
        ).axe.run()
        return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)
      })
      expect(violations, view).toEqual([])
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/${theme}-${view.replace(' ', '_')}.png` })
    })
  })
}
