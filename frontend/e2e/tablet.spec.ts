import { expect, test, type Page } from '@playwright/test'
import { card, Hall, openWork, ORIGIN, pairUp, sync, tapKeys, toPart } from './tablet.mock'

// The judge's tablet against a server that does on request what a hall's network does by itself.

let hall: Hall

test.beforeEach(async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  hall = new Hall()
  await hall.open(page)
})

/** The current value of every aspect of a work, as the server has it. */
function onServer(work = '417A'): Record<string, string> {
  const all: Record<string, string> = {}
  for (const m of hall.records.values()) if (m.work === work) all[m.aspect] = m.kind === 'mark' ? m.value : m.kind
  return all
}

async function keyIn(page: Page, text: string): Promise<void> {
  for (const k of text) {
    await page
      .locator('.keys')
      .getByRole('button', { name: k === '.' ? '小数点' : k, exact: true })
      .click()
  }
  await page.locator('.dialog > .acts .main').click()
}

test('a judge pairs with a typed code; a wrong one is told in words', async ({ page }) => {
  await page.goto(`${ORIGIN}/tablet`)
  const go = page.locator('.pair .go')
  await expect(go).toHaveText('还差 8 位')
  await tapKeys(page, 'K7QM2XWC')
  await go.click()
  await expect(page.getByRole('alert')).toHaveText('配对码不对，或者已经用过')
  await page.getByRole('button', { name: '退格' }).click()
  await tapKeys(page, 'D')
  await go.click()
  await expect(page.locator('.bar')).toContainText('裁判 周敏')
  await expect(page.locator('.bar h1')).toHaveText('焊工')
  await expect(page.locator('.work')).toHaveCount(12)
})

test('a QR code pairs by itself and does not stay in the address', async ({ page }) => {
  await pairUp(page)
  expect(page.url()).toBe(`${ORIGIN}/tablet`)
  await page.reload()
  await expect(page.locator('.work')).toHaveCount(12)
})

test('a coded work opens only by the label that stands on it', async ({ page }) => {
  await pairUp(page)
  await expect(page.locator('.work').first()).toContainText('417 号作品')
  await page.locator('.work').first().click()
  await tapKeys(page, '417B')
  await expect(page.getByRole('alert')).toContainText('请核对实物')
  await expect(page.locator('.asp')).toHaveCount(0)
  await tapKeys(page, '417A')
  await expect(page.locator('.bar h1')).toHaveText('417A 号作品')
})

test('every kind of pad gives the value that the interface has for it', async ({ page }) => {
  await pairUp(page)
  await openWork(page, '417A')
  await card(page, 'ppe').getByRole('button', { name: '合格', exact: true }).click()
  await card(page, 'check').getByRole('button', { name: '不合格' }).click()
  await card(page, 'tidy').getByRole('button', { name: '点此记 0' }).click()
  await card(page, 'tidy').getByRole('button', { name: '加 1' }).click()
  await expect(card(page, 'tidy')).toContainText('得 1.50')

  await toPart(page, 1)
  await card(page, 'height').locator('.value').click()
  for (const v of ['1.6', '2.3', '1.9']) await keyIn(page, v)
  await expect(card(page, 'height')).toContainText('得 1.00')

  await toPart(page, 2)
  await card(page, 'reinforce').locator('.value').click()
  await keyIn(page, '1.6')
  await card(page, 'reinforce').getByRole('button', { name: '减 0.1' }).click()
  await card(page, 'wave').locator('.levels button').nth(2).click()

  await toPart(page, 3)
  await card(page, 'undercut').locator('.value').click()
  for (const v of ['0.4', '12']) await keyIn(page, v)
  await expect(card(page, 'undercut')).toContainText('得 14.00')
  await card(page, 'skill').getByRole('button', { name: /良/ }).click()
  await keyIn(page, '8.5')
  await card(page, 'whole').locator('.value').click()
  await keyIn(page, '7.25')

  await toPart(page, 4)
  const faults = card(page, 'faults')
  await faults.getByRole('button', { name: '增加：飞溅未清理干净' }).click()
  await faults.getByRole('button', { name: '增加：飞溅未清理干净' }).click()
  await faults.getByRole('button', { name: '点此填写' }).click()
  await keyIn(page, '1.5')
  await expect(faults.locator('dl')).toHaveText(/配分\s*10.00\s*扣分\s*3.50\s*得分\s*6.50/)
  await card(page, 'clock').locator('.value').click()
  await keyIn(page, '10230')
  await card(page, 'press').locator('.value').first().click()
  await keyIn(page, '4.9')
  await card(page, 'press').getByRole('button', { name: '更多' }).nth(1).click()
  await card(page, 'press').getByRole('button', { name: '未做' }).click()

  await toPart(page, 5)
  await card(page, 'crack').getByRole('button', { name: '未发现' }).click()
  await card(page, 'rules').getByRole('button', { name: '无违规' }).click()

  await expect.poll(onServer).toEqual({
    ppe: '1',
    check: '0',
    tidy: '1',
    height: '1.6;2.3;1.9',
    reinforce: '1.5',
    wave: '2',
    undercut: '0.4;12',
    skill: '8.5',
    whole: '7.25',
    faults: 'spatter=2;dent=1.5',
    clock: '3750',
    press: 'not_performed',
    crack: '0',
    rules: '',
  })
  await expect(sync(page)).toContainText('已同步')
  const sent = hall.batches.flat()
  expect(sent.map((m) => m.device_seq)).toEqual(sent.map((_, i) => i + 1))
})

test('what cannot be a value is refused while it is typed', async ({ page }) => {
  await pairUp(page)
  await openWork(page, '417A', 2)
  await card(page, 'reinforce').locator('.value').click()
  const enter = page.locator('.dialog > .acts .main')
  await page.keyboard.type('9')
  await expect(page.locator('.say')).toHaveText('不能大于 8 mm')
  await expect(enter).toHaveText('不能大于 8 mm')
  await enter.click({ force: true })
  await page.keyboard.press('Backspace')
  await page.keyboard.type('1.65')
  await expect(page.locator('.say')).toHaveText('须为 0.1 的整数倍')
  await page.keyboard.press('Escape')
  await expect(page.locator('.dialog')).toHaveCount(0)
  expect(hall.batches).toEqual([])
})

test('a correction names what it replaces, a mark can be taken back, a remark goes along', async ({ page }) => {
  await pairUp(page)
  await openWork(page, '417A')
  const row = card(page, 'ppe')
  await row.getByRole('button', { name: '合格', exact: true }).click()
  await row.getByRole('button', { name: '不合格' }).click()
  await expect(row).toContainText('已存')
  await row.getByRole('button', { name: '更多' }).click()
  await row.getByRole('button', { name: '备注' }).click()
  await page.locator('textarea').fill('手套破损')
  await page.getByRole('button', { name: '保存备注' }).click()
  await expect(row).toContainText('备注：手套破损')
  await row.getByRole('button', { name: '撤回' }).click()
  await expect(row).toContainText('未评')
  await row.getByRole('button', { name: '合格', exact: true }).click()
  await expect(row).toContainText('已存')
  const sent = hall.batches.flat()
  expect(sent.map((m) => [m.kind, m.value])).toEqual([
    ['mark', '1'],
    ['mark', '0'],
    ['mark', '0'],
    ['withdraw', ''],
    ['mark', '1'],
  ])
  const heads = sent.map((m) => sent.findIndex((o) => o.mark_id === m.supersedes))
  expect(heads).toEqual([-1, 0, 1, 2, -1])
})

test('offline: marks are kept on the tablet through a reload and arrive once', async ({ page }) => {
  await pairUp(page)
  await openWork(page, '417A')
  hall.weather = 'down'
  await card(page, 'ppe').getByRole('button', { name: '合格', exact: true }).click()
  await card(page, 'check').getByRole('button', { name: '合格', exact: true }).click()
  await expect(sync(page)).toContainText('离线 · 已存本机 2 项')
  await expect(card(page, 'ppe')).toContainText('待传')
  await page.reload()
  await expect(page.locator('.bar h1')).toHaveText('417A 号作品')
  await expect(card(page, 'ppe').locator('[aria-pressed=true]')).toHaveText('合格')
  await expect(sync(page)).toContainText('离线 · 已存本机 2 项')
  hall.weather = 'fair'
  await expect(sync(page)).toContainText('已同步', { timeout: 15_000 })
  await expect(card(page, 'ppe')).toContainText('已存')
  expect(hall.records.size).toBe(2)
})

test('a lost reply ends with one record and a receipt', async ({ page }) => {
  await pairUp(page)
  await openWork(page, '417A')
  hall.weather = 'lost_reply'
  await card(page, 'ppe').getByRole('button', { name: '合格', exact: true }).click()
  await expect(sync(page)).toContainText('离线 · 已存本机 1 项')
  hall.weather = 'fair'
  await expect(card(page, 'ppe')).toContainText('已存', { timeout: 15_000 })
  expect(hall.records.size).toBe(1)
})

test('the login page of a hall’s Wi-Fi is no answer', async ({ page }) => {
  await pairUp(page)
  await openWork(page, '417A')
  hall.weather = 'portal'
  await card(page, 'ppe').getByRole('button', { name: '合格', exact: true }).click()
  await expect(sync(page)).toContainText('离线 · 已存本机 1 项')
  hall.weather = 'fair'
  await expect(sync(page)).toContainText('已同步', { timeout: 15_000 })
  expect(onServer()).toEqual({ ppe: '1' })
})

test('a returned mark is shown with its reason, exported, and sent again', async ({ page }) => {
  await pairUp(page)
  await openWork(page, '417A')
  hall.refuse.set('ppe', { status: 422, code: 'judging.above_max', title: '超出这一项的满分' })
  await card(page, 'ppe').getByRole('button', { name: '合格', exact: true }).click()
  await expect(sync(page)).toContainText('1 项被退回')
  await expect(card(page, 'ppe').getByRole('alert')).toHaveText('被退回：超出这一项的满分')
  await sync(page).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出未上传的评分' }).click()
  const file = JSON.parse(
    await (await (await download).createReadStream()).toArray().then((b) => Buffer.concat(b).toString()),
  )
  expect(file.marks).toMatchObject([{ work: '417A', aspect: 'ppe', value: '1', reason: { code: 'judging.above_max' } }])
  hall.refuse.clear()
  await page.getByRole('button', { name: '再次提交' }).click()
  await expect(page.locator('.dialog')).toContainText('没有被退回的评分')
  await expect.poll(() => onServer()).toEqual({ ppe: '1' })
})

test('a replaced tablet keeps its marks and goes on after pairing again', async ({ page }) => {
  await pairUp(page)
  await openWork(page, '417A')
  hall.weather = 'signed_out'
  await card(page, 'ppe').getByRole('button', { name: '合格', exact: true }).click()
  await expect(sync(page)).toContainText('已由另一台平板接替 · 已存本机 1 项')
  await expect(page.getByTestId('banner')).toContainText('此裁判席已在另一台平板上配对')
  await expect(card(page, 'check').getByRole('button', { name: '合格', exact: true })).toBeDisabled()
  hall.weather = 'fair'
  await page.getByRole('button', { name: '重新配对' }).click()
  await tapKeys(page, 'K7QM2XWD')
  await page.locator('.pair .go').click()
  await expect(sync(page)).toContainText('已同步')
  expect(onServer()).toEqual({ ppe: '1' })
})

test('a second page of one tablet only looks on until the first is closed', async ({ page, context }) => {
  await pairUp(page)
  const second = await context.newPage()
  await hall.open(second)
  await second.goto(`${ORIGIN}/tablet`)
  await expect(second.locator('.banner')).toContainText('另一个页面正在评分')
  await openWork(second, '417A')
  await expect(card(second, 'ppe').getByRole('button', { name: '合格', exact: true })).toBeDisabled()
  await page.close()
  await expect(second.locator('.banner')).toHaveCount(0)
  await card(second, 'ppe').getByRole('button', { name: '合格', exact: true }).click()
  await expect(card(second, 'ppe')).toContainText('已存')
})

test('a sheet is finished when nothing required is missing; until then the button says why', async ({ page }) => {
  hall.bundle.sheets = hall.bundle.sheets.slice(0, 1)
  hall.bundle.works = hall.bundle.works.slice(0, 2).map((w) => ({ ...w, criteria: ['A'] }))
  await pairUp(page)
  await openWork(page, '417A')
  const foot = page.locator('.foot-bar')
  await expect(foot.locator('.main')).toHaveText('评完（还有 3 项）')
  await foot.locator('.main').click({ force: true })
  await foot.getByRole('button', { name: '下一未评项' }).click()
  await page.keyboard.press('Enter')
  await expect(card(page, 'ppe')).toContainText('已存')
  await card(page, 'check').getByRole('button', { name: '合格', exact: true }).click()
  await card(page, 'tidy').getByRole('button', { name: '点此记 0' }).click()
  await foot.getByRole('button', { name: '评完', exact: true }).click()
  await expect(page.locator('.finished')).toContainText('已评完')
  await expect(card(page, 'ppe').getByRole('button', { name: '不合格' })).toBeDisabled()
  expect(onServer()).toMatchObject({ A: 'finish' })
  await foot.getByRole('button', { name: '下一件作品' }).click()
  await expect(page.locator('.work').first()).toContainText('已评完')
})

test('a panel is shown as it comes in, values only from the server, and a new round asks again', async ({ page }) => {
  const chairs = (values: (string | undefined)[], all: boolean) =>
    ['周敏', '林海涛', '赵立新'].map((judge, i) => ({
      chair: 3 + i,
      judge,
      in: values[i] !== undefined,
      ...(all ? { value: values[i] } : {}),
    }))
  hall.panel = () => ({ round: 1, complete: false, chairs: chairs(['2', '3', undefined], false) })
  await pairUp(page)
  await openWork(page, '417A', 2)
  await card(page, 'wave').locator('.levels button').nth(2).click()
  const line = card(page, 'wave').locator('.panel-line')
  await expect(line).toContainText('还差 1 人')
  await expect(line).toContainText('林海涛 已给分')
  hall.panel = () => ({
    round: 2,
    complete: false,
    repeated: true,
    chairs: chairs([undefined, undefined, undefined], false),
  })
  await expect(line).toContainText('请合议后重新给分（第 2 轮）')
  await expect(card(page, 'wave')).toContainText('未评')
  await card(page, 'wave').locator('.levels button').nth(1).click()
  await expect(card(page, 'wave')).toContainText('已存')
  expect(hall.batches.flat().map((m) => [m.round, m.value, m.supersedes])).toEqual([
    [1, '2', undefined],
    [2, '1', undefined],
  ])
  hall.panel = () => ({ round: 2, complete: true, repeated: true, chairs: chairs(['1', '2', '1'], true) })
  await expect(line).toContainText('林海涛 2')
})

test('an address without TLS is refused in words', async ({ page }) => {
  await page.goto('http://hall.test/tablet')
  await expect(page.getByRole('heading')).toHaveText('此地址不安全，不能评分')
})
