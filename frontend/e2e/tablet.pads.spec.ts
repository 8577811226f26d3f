import { expect, test, type Page } from '@playwright/test'
import { card, Hall, openWork, ORIGIN, pairUp, sync, tapKeys, toPart } from './tablet.mock'

// What a judge does with the pads beyond a plain value: slips, second thoughts, times, works that are not there, and
// the other order.

let hall: Hall

test.beforeEach(async ({ page, context }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  hall = new Hall()
  await hall.open(context)
})

const sent = () => [...hall.records.values()].map((m) => [m.aspect, m.kind, m.value])

async function fill(page: Page, aspect: string, text: string): Promise<void> {
  await card(page, aspect).locator('.value').first().click()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

const doubt = (page: Page) => page.locator('.dialog', { hasText: '请再看一眼' })

test('an odd value is asked about once, with what was probably meant', async ({ page }) => {
  await pairUp(page)
  await openWork(page, '417A', 2)
  await fill(page, 'reinforce', '7')
  await expect(doubt(page)).toContainText('是不是少了小数点')
  await doubt(page).getByRole('button', { name: '改一改' }).click()
  await expect(card(page, 'reinforce')).toContainText('未评')
  await fill(page, 'reinforce', '7')
  await doubt(page).getByRole('button', { name: '应为 0.7 mm' }).click()
  await expect(card(page, 'reinforce').locator('.value')).toHaveText('0.7mm')
  await fill(page, 'reinforce', '7')
  await doubt(page).getByRole('button', { name: '就是 7 mm' }).click()
  await expect(card(page, 'reinforce').locator('.value')).toHaveText('7mm')
  await card(page, 'reinforce').getByRole('button', { name: '加 0.1' }).click()
  await expect(card(page, 'reinforce').locator('.value')).toHaveText('7.1mm')
  await expect(doubt(page)).toHaveCount(0)
  await toPart(page, 5)
  await card(page, 'crack').getByRole('button', { name: '发现', exact: true }).click()
  await expect(doubt(page)).toContainText('作废')
  await doubt(page).getByRole('button', { name: '确认，记下' }).click()
  await expect.poll(sent).toEqual([
    ['reinforce', 'mark', '0.7'],
    ['reinforce', 'mark', '7'],
    ['reinforce', 'mark', '7.1'],
    ['crack', 'mark', '1'],
  ])
})

test('undo goes back step by step, also after the browser was closed', async ({ page, context }) => {
  await pairUp(page)
  await openWork(page, '417A')
  const answers = (at: Page) => card(at, 'ppe').locator('[aria-pressed=true]')
  await card(page, 'ppe').getByRole('button', { name: '合格', exact: true }).click()
  await card(page, 'ppe').getByRole('button', { name: '不合格' }).click()
  await card(page, 'ppe').getByRole('button', { name: '更多' }).click()
  await card(page, 'ppe').getByRole('button', { name: '未做' }).click()
  await expect(card(page, 'ppe')).toContainText('已存')
  await page.close()

  const again = await context.newPage()
  await again.setViewportSize({ width: 1280, height: 800 })
  await again.goto(`${ORIGIN}/tablet`)
  await again.locator('.work', { hasText: '417A' }).click()
  const undo = card(again, 'ppe').getByRole('button', { name: '撤销上一步' })
  await expect(undo).toHaveAttribute('aria-label', '撤销上一步 → 不合格')
  await undo.click()
  await expect(answers(again)).toHaveText('不合格')
  await undo.click()
  await expect(answers(again)).toHaveText('合格')
  await again.reload()
  await expect(answers(again)).toHaveText('合格')
  await undo.click()
  await expect(card(again, 'ppe')).toContainText('未评')
  await expect(undo).toHaveCount(0)
  await expect
    .poll(() => sent().map(([, kind, value]) => `${kind} ${value}`.trim()))
    .toEqual(['mark 1', 'mark 0', 'not_performed', 'mark 0', 'mark 1', 'withdraw'])
})

test('a time is stopped here, taken over from the floor, or typed', async ({ page }) => {
  const session = { added: 0, violations: 0, signed: '' as const, newest: 'x', by: 1, criterion: 'E' }
  hall.bundle.sessions = [
    { ...session, work: '417A', state: 'handed_in', net: 5530 },
    { ...session, work: '023C', state: 'running', net: 0 },
  ]
  await pairUp(page)
  await expect(page.locator('.work', { hasText: '417' })).toContainText('已交件')
  await expect(page.locator('.work', { hasText: '023' })).toContainText('比赛中')
  await openWork(page, '417A', 4)
  await card(page, 'clock').getByRole('button', { name: '用现场计时 1:32:10' }).click()
  await expect(card(page, 'clock').locator('.value')).toHaveText('1:32:10')
  await expect(card(page, 'clock').locator('.net')).toHaveCount(0)

  await card(page, 'clock').getByRole('button', { name: '秒表' }).click()
  const dialog = page.locator('.dialog')
  await dialog.getByRole('button', { name: '开始' }).click()
  await expect(dialog.locator('.main')).toHaveText('暂停后才能记下')
  await expect(dialog.getByRole('timer')).not.toHaveText('00:00')
  await page.reload()
  await toPart(page, 4)
  await card(page, 'clock').getByRole('button', { name: '秒表在走' }).click()
  await dialog.getByRole('button', { name: '暂停', exact: true }).click()
  const time = (await dialog.getByRole('timer').textContent()) ?? ''
  await dialog.getByRole('button', { name: `记下 ${time}` }).click()
  await doubt(page).getByRole('button', { name: /就是/ }).click() // seconds, where an hour is usual
  await expect(card(page, 'clock').locator('.value')).toHaveText(time)
  const seconds = time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  expect(seconds).toBeGreaterThan(0)
  await expect.poll(() => sent().at(-1)).toEqual(['clock', 'mark', String(seconds)])
  await page.getByRole('button', { name: '返回作品列表' }).click()
  await openWork(page, '023C', 4)
  await expect(card(page, 'clock')).toContainText('现场还在计时')
})

test('a module without a work is marked as not performed in one act, what is marked stays', async ({ page }) => {
  hall.bundle.sessions = [
    {
      work: '417A',
      criterion: 'C',
      state: 'no_work',
      added: 0,
      net: 0,
      violations: 0,
      signed: '',
      newest: 'x',
      by: 1,
    },
  ]
  await pairUp(page)
  await expect(page.locator('.work', { hasText: '417' })).toContainText('缺件')
  await openWork(page, '417A', 1)
  await card(page, 'clean').getByRole('button', { name: '合格', exact: true }).click()
  await expect(page.locator('.floor-line').first()).toContainText('现场记录：缺件')
  await page.getByRole('button', { name: '整个模块未做' }).click()
  await page.getByRole('button', { name: '未评 5 项记为未做' }).click()
  await expect(card(page, 'height')).toContainText('未做')
  await toPart(page, 2)
  for (const aspect of ['surface', 'reinforce', 'wave', 'width']) await expect(card(page, aspect)).toContainText('未做')
  await expect.poll(() => sent().filter(([, kind]) => kind === 'not_performed')).toHaveLength(5)
  await card(page, 'width').getByRole('button', { name: '撤销上一步' }).click()
  await expect(card(page, 'width')).toContainText('未评')
  await toPart(page, 0)
  await expect(page.locator('.floor-line').first()).not.toContainText('现场记录')
})

test('one aspect of every work: the label first, then its mark, with the progress of both orders', async ({ page }) => {
  await pairUp(page)
  await page.getByRole('button', { name: '按评分点' }).click()
  await page.locator('.work', { hasText: 'C2.3' }).click()
  await expect(page.locator('.bar h1')).toHaveText('C2.3 焊波均匀度与接头平顺')
  await expect(page.locator('.foot-bar')).toContainText('已评 0 / 11 件')
  const row = (label: string) => page.locator('.asp', { hasText: label })
  await expect(row('417').locator('.levels')).toHaveCount(0)
  await row('417').getByRole('button', { name: '核对标签后评分' }).click()
  await tapKeys(page, '417B')
  await expect(page.getByRole('alert')).toContainText('请核对实物')
  await tapKeys(page, '417A')
  await row('417A').locator('.levels button').nth(2).click()
  await expect(page.locator('.foot-bar')).toContainText('已评 1 / 11 件')
  await page.getByRole('button', { name: '下一件未评' }).click()
  await expect(row('023')).toHaveClass(/cur/)
  await expect(page.locator('.asp', { hasText: '331' })).toHaveCount(0)

  await page.getByRole('button', { name: '下一评分点' }).click()
  await expect(page.locator('.bar h1')).toHaveText('C2.4 焊缝宽度差')
  await row('417A').locator('.value').click()
  await expect(page.locator('.dialog h2')).toHaveText('417A 号作品 · 焊缝宽度差')
  await page.keyboard.type('1.2')
  await page.keyboard.press('Enter')
  await expect(row('417A')).toContainText('得 3.00')
  await page.reload()
  await expect(page.locator('.bar h1')).toHaveText('C2.4 焊缝宽度差')
  await expect(row('417A').locator('.value')).toHaveText('1.2mm')
  await page.getByRole('button', { name: '返回评分点列表' }).first().click()
  await expect(page.locator('.work', { hasText: 'C2.4' })).toContainText('已评 1 / 11 件')
  await page.getByRole('button', { name: '按作品' }).click()
  await expect(page.locator('.work', { hasText: '417A' })).toContainText('已评 2 / 15 项')
  expect(sent()).toEqual([
    ['wave', 'mark', '2'],
    ['width', 'mark', '1.2'],
  ])
})

test('a finished sheet is closed in the other order too', async ({ page }) => {
  hall.bundle.finished = [{ work: '417A', criterion: 'A' }]
  hall.bundle.marks = ['ppe', 'check', 'tidy'].map((aspect, i) => ({
    work: '417A',
    aspect,
    attempt: 1,
    round: 1,
    value: '1',
    kind: 'mark',
    mark_id: `m${i}`,
    seq: i + 1,
  }))
  await pairUp(page)
  await page.getByRole('button', { name: '按评分点' }).click()
  await page.locator('.work', { hasText: 'A1.1' }).click()
  const row = page.locator('.asp', { hasText: '417A' })
  await expect(row).toContainText('评分表已评完')
  await expect(row.getByRole('button', { name: '不合格' })).toBeDisabled()
  await row.getByRole('button', { name: '打开整张评分表' }).click()
  await expect(page.locator('.bar h1')).toHaveText('417A 号作品')
  await page.goBack()
  await expect(page.locator('.bar h1')).toContainText('A1.1')
})

test('offline the list says what it does not know', async ({ page }) => {
  await pairUp(page)
  await openWork(page, '417A')
  hall.weather = 'down'
  await card(page, 'ppe').getByRole('button', { name: '合格', exact: true }).click()
  await expect(sync(page)).toContainText('离线')
  await page.getByRole('button', { name: '返回作品列表' }).click()
  await expect(page.locator('.notice')).toHaveText('离线，其他裁判和现场的情况未知')
})

test('every attempt has a panel and rounds of its own; a second round asks for talk first', async ({ page }) => {
  const whole = hall.bundle.sheets[2]?.subs[0]?.aspects.find((a) => a.id === 'whole')
  if (!whole) throw new Error('the bundle has no such aspect')
  whole.attempts = 2
  const chairs = (values: (string | undefined)[], all: boolean) =>
    ['周敏', '林海涛'].map((judge, i) => ({
      chair: 3 + i,
      judge,
      in: values[i] !== undefined,
      ...(all ? { value: values[i] } : {}),
    }))
  await page.route(/\/panel\/417A\/whole\?attempt=/, (route) => {
    const second = route.request().url().endsWith('2')
    const state = second
      ? { round: 2, complete: false, repeated: true, chairs: chairs([undefined, undefined], false) }
      : { round: 1, complete: true, chairs: chairs(['7.25', '7.5'], true) }
    return route.fulfill({ contentType: 'application/json', body: JSON.stringify(state) })
  })
  await pairUp(page)
  await openWork(page, '417A', 3)
  const line = card(page, 'whole').locator('.panel-line')
  await expect(line.first()).toContainText('林海涛 7.5')
  await expect(line.nth(1)).toContainText('请合议后重新给分（第 2 轮）')
  await expect(line.nth(1)).toContainText('请先停笔合议')
  await card(page, 'whole').locator('.value').nth(1).click()
  await page.keyboard.type('8')
  await page.keyboard.press('Enter')
  await expect.poll(() => hall.batches.flat().map((m) => [m.attempt, m.round, m.value])).toEqual([[2, 2, '8']])
})
