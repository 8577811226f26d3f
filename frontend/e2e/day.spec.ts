import { expect, test, type Locator, type Page } from '@playwright/test'
import {
  begin,
  desk,
  Faults,
  judges,
  paperFile,
  people,
  scanned,
  Tablet,
  type Day,
  type Mark,
  type Office,
} from './day.tools'
import { copied } from './paper.tools'
import { Server } from './server'

// A host's day with this software alone: forty entries, two panels, five chairs, the full chain. Tablets mark over
// HTTP, which is faster than hands; everything that a person of the office does is done on the console's pages. Twenty
// faults are planted, and each is found where the program tells of it and put right from there.

let server: Server
let day: Day
const pages = {} as Record<Office, Page>
const tablets: Tablet[] = []
const faults = new Faults()
let lastMark = 0

interface Work {
  no: string
  seat: string
  code: string
}
const absent = ['013', '027']
const late = ['008', '039']
/** Who came, the best first: what each has made is worth half a mark less than the one before. */
const works: Work[] = people
  .filter((p) => !absent.includes(p.no))
  .map((p, i) => ({ no: p.no, seat: String(((i * 7) % 38) + 1).padStart(3, '0'), code: '' }))
const work = (i: number) => works[i] ?? { no: '', seat: '', code: '' }

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000)
  server = await Server.start()
  day = await begin(server)
  for (const office of ['host', 'seats', 'codes', 'chief', 'clerk', 'office'] as const) {
    pages[office] = await desk(browser, server, day.people[office])
  }
})
test.afterAll(() => server?.stop())

async function open(office: Office, tab: string): Promise<Page> {
  const page = pages[office]
  await page.goto(`${server.base}/console/events/${day.event}/${tab}`)
  await page.locator('main .box').first().waitFor()
  return page
}

const shot = (page: Page, name: string) =>
  process.env.SHOTS ? page.screenshot({ path: `${process.env.SHOTS}/${name}.png` }) : undefined

/** The second person types name and password on the first one's console. */
async function second(dialog: Locator, password = day.people.watch.password): Promise<void> {
  await dialog.getByLabel('用户名').fill(day.people.watch.user)
  await dialog.getByLabel('密码', { exact: true }).fill(password)
}

async function confirm(page: Page, button: string, reason = '', two = false): Promise<void> {
  const dialog = page.getByRole('dialog')
  if (reason) await dialog.getByLabel('理由').fill(reason)
  if (two) await second(dialog)
  await dialog.getByRole('button', { name: button, exact: true }).click()
  await expect(dialog).toHaveCount(0)
}

test('before noon: forty are checked in, and late ones after the bell', async () => {
  test.setTimeout(90_000)
  const page = await open('host', 'coding')
  await expect(page.getByText('未登记 40')).toBeVisible()
  const field = page.getByLabel('参赛号', { exact: true })
  let here = 0
  for (const { no } of works.filter((w) => !late.includes(w.no))) {
    await field.fill(String(Number(no)))
    await page.keyboard.press('Enter')
    await expect(page.getByText(`到场 ${++here} · `)).toBeVisible()
    await expect(field).toHaveValue('')
  }
  await page.getByRole('button', { name: '013 缺席' }).click()
  await expect(page.getByText('到场 36 · 缺席 1 · 未登记 3')).toBeVisible()
  await shot(page, '01-check-in')
  await page.getByRole('button', { name: '截止报到' }).click()
  await expect(page.getByText('未登记的 3 人记为缺席')).toBeVisible()
  await confirm(page, '截止报到')
  for (const no of late) {
    await field.fill(no)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('row', { name: new RegExp(`^${no}`) })).toContainText('迟到')
    await expect(field).toHaveValue('')
  }
  await expect(page.getByText('到场 38 · 缺席 2 · 未登记 0')).toBeVisible()
})

test('seats are drawn by hand with the keyboard, a slip that was misread is struck, and the layer sealed', async () => {
  test.setTimeout(90_000)
  const page = await open('seats', 'coding')
  const box = page.getByRole('region', { name: '赛位抽签' })
  await box.getByLabel('见证人').fill('见证员')
  await box.getByRole('button', { name: '开始抽签' }).click()
  const from = box.getByLabel('参赛号', { exact: true })
  const label = box.getByLabel('赛位号', { exact: true })
  const key = async (no: string, seat: string) => {
    await from.fill(String(Number(no)))
    await page.keyboard.press('Enter')
    await expect(label).toBeFocused()
    await page.keyboard.type(seat)
    await page.keyboard.press('Enter')
    await expect(from).toHaveValue('')
  }
  const [first] = works
  await key(first?.no ?? '', '039') // a slip held upside down
  await box.getByRole('button', { name: `划销 ${first?.no} 的号码` }).click()
  await confirm(page, `划销 ${first?.no} 的号码`, '签拿倒了', true)
  for (const w of works) await key(w.no, w.seat)
  await expect(box.getByText('已抽 38，待抽 0 · 划销 1')).toBeVisible()
  await shot(page, '02-draw-by-hand')
  await box.getByRole('button', { name: '封存' }).click()
  await confirm(page, '封存')
  await expect(box.getByText('已封存', { exact: true })).toBeVisible()
  await box.getByRole('link', { name: '标签' }).click()
  await expect(page.getByRole('img')).toHaveCount(38)
  await shot(page, '03-labels')
})

test('codes are drawn all at once by another coding judge; record and labels are his', async () => {
  const page = await open('codes', 'coding')
  const box = page.getByRole('region', { name: '评审号抽签' })
  await box.getByLabel('方式').selectOption('once')
  await box.getByLabel('见证人').fill('见证员')
  await box.getByRole('button', { name: '开始抽签' }).click()
  await expect(box.getByLabel('承诺值（种子的 SHA-256）')).toHaveText(/^[0-9a-f]{64}$/)
  await box.getByLabel('见证人所报').fill('三 五 六')
  await box.getByRole('button', { name: '抽签', exact: true }).click()
  await expect(page.getByText('已抽出 38 个号码')).toBeVisible()
  await box.getByRole('button', { name: '封存' }).click()
  await confirm(page, '封存')
  await expect(box.getByText('已封存', { exact: true })).toBeVisible()
  await shot(page, '04-draw-at-once')
  await box.getByRole('link', { name: '抽签记录' }).click()
  await expect(page.getByText('三 五 六')).toBeVisible()
  await shot(page, '05-record')
  const path = `/api/v1/events/${day.event}/draws/code/pairs`
  const { pairs } = await server.call<{ pairs: { from: string; label: string }[] }>(
    'GET',
    path,
    undefined,
    day.people.codes.token,
  )
  const codes = new Map(pairs.map((p) => [p.from, p.label]))
  for (const w of works) w.code = codes.get(w.seat) ?? ''
  expect(new Set(works.map((w) => w.code)).size).toBe(38)
})

const nine = (n: number) => String(n)
const shapeOf = (i: number) => nine(39 - (i === 2 ? 1 : i) / 2) // the second and the third are equal

/** What each chair's tablet sends in the afternoon, with what it fails to send left out. */
function afternoon(): Mark[][] {
  const blankWorks = [30, 31]
  const not = (...list: number[]) => works.map((_, i) => i).filter((i) => !blankWorks.includes(i) && !list.includes(i))
  const skill = (value: (i: number) => string, list: number[]) =>
    list.map((i): Mark => ({ work: work(i).seat, aspect: 'skill', value: value(i) }))
  const dish = (aspect: string, value: (i: number) => string, list: number[]) =>
    list.map((i): Mark => ({ work: work(i).code, aspect, value: value(i) }))
  const taste = () => '25'
  return [
    [
      ...not(9, 10).map((i): Mark => ({ work: work(i).seat, aspect: 'safe', value: '1' })),
      ...skill((i) => (i === 15 ? '10' : '18'), not(8)),
    ],
    skill(() => '18', not(11, 12, 13)),
    [...dish('shape', shapeOf, not()), ...dish('taste', taste, not(5))],
    [
      ...dish('shape', (i) => (i === 14 ? '22' : i === 3 ? '33.5' : shapeOf(i)), not(6)), // 3: typed from the wrong line
      ...dish('taste', taste, not(6)),
    ],
    [...dish('shape', shapeOf, not(7)), ...dish('taste', taste, not(16))],
  ]
}

test('marking: the chief judge opens, five tablets mark, and the day leaves twenty faults', async () => {
  const page = await open('chief', '')
  await page.getByRole('button', { name: '开赛' }).click()
  await confirm(page, '开赛')
  await expect(page.getByRole('button', { name: '锁定成绩' })).not.toHaveAttribute('aria-disabled')
  await expect(page.getByText('成绩合并要等启封')).toBeVisible()
  const path = `/api/v1/events/${day.event}/pairing-codes`
  const { codes } = await server.call<{ codes: { chair: number; code: string }[] }>(
    'POST',
    path,
    {},
    day.people.host.token,
  )
  for (const c of codes.sort((a, b) => a.chair - b.chair)) tablets.push(await Tablet.pair(server, c.code))
  for (const [chair, marks] of afternoon().entries()) await tablets[chair]?.give(marks)
  await tablets[1]?.says(3) // no network at the far end of the hall
  await tablets[4]?.says(1) // its screen is broken, with a mark inside
  lastMark = Date.now()
  faults.plant('a work given up', 'a work taken back')
  faults.plant('a judge owes a mark', 'a judge owes a whole work', 'a judge was called away')
  faults.plant('a seat without a mark', 'a panel owes its common marks')
  faults.plant('a tablet with unsent marks', 'a tablet that broke')
  faults.plant('dishes: no agreement', 'steps: no agreement')
  faults.plant('unsealing too early', 'a tie at the border of a prize')
  faults.plant('a scan of another paper', 'a scan that cannot be read', 'the print itself as a scan', 'a torn page')
  faults.plant('a mark that came late', 'a signed sheet that is void')
  faults.plant('a wrong sheet')
  expect(faults.planted.size).toBe(20)
})

const line = (page: Page, words: string | RegExp) => page.locator('.lines > li').filter({ hasText: words })

/** One work of a line, opened. */
async function inside(row: Locator, label: string): Promise<Locator> {
  const more = row.getByRole('button', { name: /看是哪些/ })
  if (await more.count()) await more.click()
  return row.locator('.works > li').filter({ hasText: label })
}

test('what is missing: statuses, and marks that judges owe', async () => {
  const page = await open('chief', 'outstanding')
  await shot(page, '06-outstanding')
  const statuses: [number, string, string, string][] = [
    [30, 'dnf', '烫伤离场', 'a work given up'],
    [31, 'withdrawn', '选手申请退赛', 'a work taken back'],
  ]
  for (const [i, status, reason, fault] of statuses) {
    const row = line(page, /件作品一项打分也没有/)
    await (await inside(row, work(i).code)).getByRole('button', { name: '改状态' }).click()
    await page.getByRole('dialog').getByLabel('状态').selectOption(status)
    await page.getByRole('dialog').getByLabel('理由').fill(reason)
    await page.getByRole('dialog').getByRole('button', { name: /^设为/ }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    faults.meet(fault)
  }
  await expect(line(page, /件作品一项打分也没有/)).toHaveCount(0)

  // Where a panel does not agree its second round is owed too: one mark of each chair.
  await expect(line(page, /江三品.*还差 2 项打分/)).toBeVisible()
  await inside(line(page, /江三品.*还差/), work(5).code).then((w) => expect(w).toContainText('口味'))
  await tablets[2]?.give([{ work: work(5).code, aspect: 'taste', value: '25' }])
  await expect(line(page, /江四品.*还差 3 项打分/)).toBeVisible()
  await tablets[3]?.give([
    { work: work(6).code, aspect: 'shape', value: shapeOf(6) },
    { work: work(6).code, aspect: 'taste', value: '25' },
  ])
  // While labels are sealed a seat never stands beside a code: the chief judge reads whose it is, the tablet which.
  await expect(line(page, /江一看.*还差 2 项打分/)).toContainText('盲评期间不显示是哪一件')
  await tablets[0]?.give([{ work: work(8).seat, aspect: 'skill', value: '18' }])
  await expect(line(page, /操作组还差 2 项打分/)).toBeVisible()
  await tablets[1]?.give([9, 10].map((i) => ({ work: work(i).seat, aspect: 'safe', value: '1' })))

  const called = await inside(line(page, /江五品.*还差 3 项打分/), work(7).code)
  await called.getByRole('button', { name: '裁判缺席' }).click()
  await confirm(page, '裁判缺席', '临时接警离场')
  await page.reload()
  for (const judge of ['江三品', '江四品', '江一看']) {
    await expect(line(page, new RegExp(`${judge}.*还差 1 项打分`))).toBeVisible()
  }
  await expect(line(page, /操作组还差/)).toHaveCount(0)
  await expect(line(page, /江五品.*还差 2 项打分/)).toBeVisible()
  faults.meet('a judge owes a mark')
  faults.meet('a judge owes a whole work')
  faults.meet('a seat without a mark')
  faults.meet('a panel owes its common marks')
  faults.meet('a judge was called away')
})

test('what is missing: tablets, and panels that do not agree', async () => {
  const page = await open('chief', 'outstanding')
  await expect(line(page, /江二看.*还有 3 条打分没有送到/).getByRole('link', { name: '看平板' })).toBeVisible()
  await expect(line(page, /江二看.*还差 4 项打分/)).toBeVisible()
  await tablets[1]?.give([11, 12, 13].map((i) => ({ work: work(i).seat, aspect: 'skill', value: '18' })))
  await tablets[1]?.says(0)
  await page.reload()
  await expect(line(page, /江五品.*还有 1 条打分没有送到/)).toBeVisible()
  await expect(line(page, /江二看.*打分没有送到/)).toHaveCount(0)
  await expect(line(page, /江二看.*还差 1 项打分/)).toBeVisible()
  faults.meet('a tablet with unsent marks')

  const host = await open('host', 'pairing')
  await host.getByRole('checkbox', { name: '选择裁判席 5' }).check()
  await host.getByRole('button', { name: '为 1 席生成' }).click()
  await confirm(host, '生成配对码')
  const code = await host.locator('.code').textContent()
  await shot(host, '07-pairing')
  tablets[4] = await Tablet.pair(server, code ?? '')
  await tablets[4].give([{ work: work(16).code, aspect: 'taste', value: '25' }])
  await host.getByRole('button', { name: '完成' }).click()

  await expect(line(page, /成品组 · .*造型：打分 22–32，只许差 6/)).toContainText('正在重打')
  await (await inside(line(page, /成品组 · .*造型/), work(14).code)).getByRole('link', { name: '看打分' }).click()
  await expect(page.getByText('22').first()).toBeVisible()
  await shot(page, '08-working')
  for (const t of [2, 3, 4]) await tablets[t]?.give([{ work: work(14).code, aspect: 'shape', value: '32', round: 2 }])
  await open('chief', 'outstanding')
  await expect(line(page, /成品组 · .*造型/)).toHaveCount(0)
  faults.meet('dishes: no agreement')
  await expect(line(page, /操作组 · .*刀工：打分 10–18，只许差 4/)).toContainText('正在重打')
  for (const t of [0, 1]) await tablets[t]?.give([{ work: work(15).seat, aspect: 'skill', value: '18', round: 2 }])
  await page.reload()
  await expect(line(page, '评分还没有锁定')).toBeVisible()
  await expect(line(page, /江五品.*还有 1 条打分没有送到/)).toBeVisible()
  await expect(page.locator('.lines > li')).toHaveCount(2)
  faults.meet('steps: no agreement')
})

/** Locks; what lies in a tablet that is lost is taken upon them by two. */
async function lock(two: boolean): Promise<void> {
  const page = await open('chief', 'outstanding')
  await line(page, '评分还没有锁定').getByRole('button', { name: '锁定' }).click()
  await shot(page, '09-lock')
  await confirm(page, '锁定成绩', '', two)
  await expect(line(page, '评分还没有锁定')).toHaveCount(0)
}

test('the lock by two, an unsealing that is asked for too early, and a tie', async () => {
  await lock(true)
  await expect(line(pages.chief, /打分没有送到/)).toHaveCount(0) // two have locked without it
  faults.meet('a tablet that broke')
  const coder = await open('codes', 'coding')
  const seal = coder.getByRole('region', { name: '启封' })
  await seal.getByRole('button', { name: '启封' }).click()
  await second(coder.getByRole('dialog'))
  await coder.getByRole('dialog').getByRole('button', { name: '启封' }).click()
  const why = coder.getByRole('dialog').getByRole('alert')
  await expect(why).toContainText('还有评分表没有签名扫描')
  await expect(why).toContainText('还没有抽取复核')
  await expect(why).not.toContainText('recheck')
  await shot(coder, '10-too-early')
  await coder.getByRole('dialog').getByRole('button', { name: '取消' }).click()
  await expect(seal.getByRole('row', { name: /未启封/ })).toBeVisible()
  faults.meet('unsealing too early')

  const page = pages.chief
  const tie = line(page, '一等奖的边界上 2 人并列')
  await tie.getByRole('button', { name: '定先后' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(`${work(1).code} 的名次`).selectOption('1')
  await dialog.getByLabel(`${work(2).code} 的名次`).selectOption('2')
  await confirm(page, '定先后', '加试一刀')
  await expect(tie).toHaveCount(0)
  faults.meet('a tie at the border of a prize')
  await shot(page, '11-after-lock')
})

const step = (page: Page, words: string | RegExp) => page.locator('.steps > li').filter({ hasText: words })
const sheetOf = (i: number) => `席 ${judges[i]?.name}`
const states = (page: Page, state: string) =>
  page.locator('.steps > li').filter({ has: page.locator('.tag', { hasText: state }) })

/** The bytes of a step's paper, as it is now. */
async function printed(row: Locator): Promise<Buffer> {
  const href = await row.locator('.paper a').first().getAttribute('href')
  const answer = await row.page().request.get(server.base + href)
  const body = await answer.body()
  expect([answer.status(), body.subarray(0, 5).toString()], `${href}`).toEqual([200, '%PDF-'])
  return body
}

const hand = (row: Locator, name: string, buffer: Buffer, mimeType = 'image/png') =>
  row.locator('input[type=file]').first().setInputFiles({ name, mimeType, buffer })

/** Long enough for a scan to be read, or a paper drawn, on a machine that does five other things. */
const slow = { timeout: 40_000 }

/** A paper is signed by hand and comes back through the scanner. */
async function sign(row: Locator): Promise<void> {
  const page = row.page()
  const taken = page.waitForResponse((r) => r.url().includes('/documents/scans'), slow)
  await hand(row, 'scan.png', scanned(await printed(row)))
  const answer = await taken
  expect(answer.ok(), `${answer.status()} ${answer.ok() ? '' : await answer.text()}`).toBe(true)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(row).toContainText('已签名')
}

/** Prints a step's paper once more; it opens beside the page. */
async function print(row: Locator): Promise<void> {
  const page = row.page()
  const opened = page.context().waitForEvent('page', slow)
  const made = page.waitForResponse((r) => r.request().method() === 'POST' && r.url().endsWith('/documents'), slow)
  await row.getByRole('button', { name: /打印/ }).click()
  expect((await made).ok()).toBe(true)
  const beside = await opened
  await expect.poll(() => beside.url()).toMatch(paperFile)
  await beside.close()
  await expect(row).toContainText('待签名')
}

test('papers: printed at once, signed, and four scans that were none', async () => {
  test.setTimeout(180_000)
  await line(pages.chief, /评分表：没有打印/)
    .first()
    .getByRole('link', { name: '去打印和扫描' })
    .click()
  await expect(step(pages.chief, sheetOf(0))).toBeVisible()
  const page = await open('clerk', 'signing')
  await page.getByRole('button', { name: '打印 5 张评分表' }).click()
  await expect(states(page, '待签名')).toHaveCount(5, slow)
  await page.getByRole('button', { name: '打印 2 张汇总表' }).click()
  await expect(states(page, '待签名')).toHaveCount(7, slow)
  await shot(page, '12-signing')
  const dialog = page.getByRole('dialog')
  const [first, other, third] = [step(page, sheetOf(0)), step(page, sheetOf(1)), step(page, sheetOf(2))]
  await hand(first, 'wrong.png', scanned(await printed(other)))
  await expect(dialog.getByText('扫描件上的二维码是另一份单据的')).toBeVisible(slow)
  await shot(page, '13-other-paper')
  await dialog.getByRole('button', { name: '取消' }).click()
  await sign(first)
  faults.meet('a scan of another paper')
  await hand(other, 'print.pdf', await printed(other), 'application/pdf')
  await expect(dialog.getByText('这是打印用的原文件')).toBeVisible(slow)
  await dialog.getByRole('button', { name: '取消' }).click()
  await sign(other)
  faults.meet('the print itself as a scan')
  await hand(third, 'pale.png', copied())
  await expect(dialog.getByText('读不出二维码')).toBeVisible(slow)
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: '确认并保存' }).click()
  await expect(third).toContainText('已签名', slow)
  faults.meet('a scan that cannot be read')
  for (const of of [sheetOf(3), sheetOf(4), '汇总表 · 操作组', '汇总表 · 成品组']) await sign(step(page, of))
  await expect(states(page, '已签名')).toHaveCount(7)

  const head = await open('chief', 'signing')
  await head.getByRole('row').filter({ hasText: '江四品' }).getByRole('button', { name: /^作废/ }).click()
  await confirm(head, '作废', '撕破一角')
  await open('clerk', 'signing')
  await expect(step(page, sheetOf(3))).toContainText('裁判长宣布作废：撕破一角')
  await print(step(page, sheetOf(3)))
  await sign(step(page, sheetOf(3)))
  await expect(states(page, '已签名')).toHaveCount(7)
  faults.meet('a torn page')
})

test('a mark that came late is taken by two, and what was signed before is void', async () => {
  const at = { work: work(20).seat, aspect: 'skill' }
  await tablets[0]?.give([{ ...at, value: '17.5', text: '看错一行' }], 202)
  const page = await open('chief', 'outstanding')
  await line(page, '1 条迟到的打分等着决定').getByRole('link', { name: '去决定' }).click()
  await page.getByRole('button', { name: '采纳', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('盲评期间不显示是哪一件的')
  await shot(page, '14-late')
  await confirm(page, '采纳', '裁判当场示明', true)
  await open('chief', 'outstanding')
  await expect(line(page, '迟到的打分')).toHaveCount(0)
  faults.meet('a mark that came late')
  await expect(line(page, /江一看.*评分表：内容有改动，已作废/)).toBeVisible()
  const clerk = await open('clerk', 'signing')
  for (const of of [sheetOf(0), '汇总表 · 操作组']) {
    await expect(step(clerk, of)).toContainText('打印之后内容有改动')
    await print(step(clerk, of))
    await sign(step(clerk, of))
  }
  await expect(states(clerk, '已签名')).toHaveCount(7)
  faults.meet('a signed sheet that is void')
})

/** Looks at every sheet that is left, one after the other. */
async function checkAll(page: Page): Promise<number> {
  let looked = 0
  for (;;) {
    const left = page.locator('.facts dd').first()
    const words = (await left.textContent()) ?? ''
    if (words.includes('复核完毕')) return looked
    await page.getByRole('button', { name: '无误' }).click()
    await expect(left).not.toHaveText(words)
    looked++
  }
}

test('the recheck finds a wrong sheet: all is checked, it is corrected, signed and looked at again', async () => {
  test.setTimeout(120_000)
  let page = await open('chief', 'outstanding')
  await line(page, '还没有抽取复核').getByRole('link', { name: '去复核' }).click()
  await page.getByRole('button', { name: '抽取复核' }).click()
  await page.getByRole('button', { name: work(3).code, exact: true }).click()
  await page.getByLabel('错在哪里').fill('纸上造型是 37.5')
  await page.getByRole('button', { name: '有误' }).click()
  await expect(page.getByText('超过了：全部复核')).toBeVisible()
  await expect(page.getByText(/^封存中：只显示用这个编号的模块/)).toBeVisible()
  await shot(page, '15-recheck')
  await open('chief', '')
  await page.getByRole('button', { name: '重新开放' }).click()
  await confirm(page, '重新开放', '复核有误', true)
  await tablets[3]?.give([{ work: work(3).code, aspect: 'shape', value: '37.5', text: '录错行' }])
  await lock(true)
  const clerk = await open('clerk', 'signing')
  for (const of of [sheetOf(3), '汇总表 · 成品组']) {
    await print(step(clerk, of))
    await sign(step(clerk, of))
  }
  page = await open('chief', 'recheck')
  expect(await checkAll(page)).toBeGreaterThanOrEqual(36)
  await expect(page.getByRole('button', { name: work(3).code, exact: true })).toBeVisible()
  await expect(page.locator('.tag', { hasText: '有误' })).toHaveCount(0)
  faults.meet('a wrong sheet')
})

test('labels are opened by two, and the list with its names is signed in time', async () => {
  const coder = await open('codes', 'coding')
  await coder.getByRole('region', { name: '启封' }).getByRole('button', { name: '启封' }).click()
  await second(coder.getByRole('dialog'))
  await coder.getByRole('dialog').getByRole('button', { name: '启封' }).click()
  await expect(coder.getByText('中式烹调师 已启封')).toBeVisible()
  await shot(coder, '16-unsealed')
  const page = await open('clerk', 'signing')
  for (const row of [step(page, /^成绩单/)]) {
    await print(row)
    await sign(row)
  }
  await expect(states(page, '已签名')).toHaveCount(8)
  const minutes = (Date.now() - lastMark) / 60_000
  await shot(page, '17-signed')
  expect(faults.left).toEqual([])
  console.log(`40 entries, 20 faults, from the last mark to the signed list: ${minutes.toFixed(2)} min`)
  expect(minutes).toBeLessThanOrEqual(15)
})

test('two publish; the board says that it is official, and the filing that it is reported', async ({ browser }) => {
  const page = await open('chief', 'publication')
  await expect(page.getByRole('heading', { name: '可以公布' })).toBeVisible()
  await shot(page, '18-publication')
  await page.getByRole('button', { name: '公布成绩', exact: true }).click()
  await confirm(page, '公布成绩', '', true)
  await expect(page.getByRole('heading', { name: '已公布' })).toBeVisible()
  const phone = await browser.newPage({ viewport: { width: 375, height: 812 } })
  await phone.goto(`${server.base}/#/e/${day.event}`)
  await expect(phone.getByText('正式').first()).toBeVisible()
  await expect(phone.locator('li[data-k]').first()).toContainText(people[0]?.name ?? '')
  await shot(phone, '19-board')
  const office = await open('office', 'filing')
  await expect
    .poll(async () => {
      await office.reload()
      await office.locator('main .box').first().waitFor()
      return office.getByText('成绩已报').count()
    })
    .toBeGreaterThan(0)
  await shot(office, '20-filing')
})
