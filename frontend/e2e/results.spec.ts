import { expect, test, type Page } from '@playwright/test'
import { mark, packed, signIn, sound } from './console.tools'
import { Server } from './server'

// The chief judge's evening: from what is still missing to the published result and its notice, by the pages alone.

let server: Server
let event = ''
let other = ''
const password = 'porcelain-and-ink-26'

test.use({ viewport: { width: 1280, height: 800 } })
test.describe.configure({ mode: 'serial' })

const names = ['单青', '梅安娜', '童一鸣', '商清', '晏如', '盛夏', '仇远', '解小满']

/** A real contest with a light chain: publication takes two persons and no paper. */
function contest(): Buffer {
  return packed({
    'contest.json': (t) => t.replace('"rehearsal"', '"real"'),
    'entries.csv': (t) =>
      [
        ...t.split('\n').filter((l) => !l.startsWith('barista')),
        ...names.map((n, i) => `barista,00${i + 1},,,${n},metro,,,,`),
        '',
      ]
        .filter((l, i, all) => l || i === all.length - 1)
        .join('\n'),
    'schemes/barista.json': (t) =>
      t.replace('"max": "10"\n                }', '"max": "10", "spread": "3"\n                }').replace(
        '"total": "10"',
        `"total": "10", "ranking": {"ties": "decision"}, "prizes": {"ties": "decide", "list": [
            {"id": "first", "name": {"zh": "一等奖", "en": "First prize"}, "number": 1},
            {"id": "second", "name": {"zh": "二等奖", "en": "Second prize"}, "number": 2}]}`,
      ),
  })
}

async function account(user: string, name: string, grant: object): Promise<void> {
  const made = await server.call<{ password: string }>('POST', '/api/v1/accounts', {
    user,
    name,
    grants: [grant],
  })
  const first = await server.call<{ token: string }>('POST', '/api/v1/sessions', { user, password: made.password }, '')
  await server.call('PUT', '/api/v1/accounts/current/password', { old: made.password, new: password }, first.token)
}

/** Chairs mark a work once more, in its second round, from new tablets. */
async function again(chairs: number[], work: string, value: string): Promise<void> {
  const { codes } = await server.call<{ codes: { chair: number; code: string }[] }>(
    'POST',
    `/api/v1/events/${event}/pairing-codes`,
    { chairs },
  )
  for (const { code, chair } of codes) {
    const { token } = await server.call<{ token: string }>('POST', '/api/v1/pairings', { code }, '')
    const one = { mark_id: crypto.randomUUID(), event, chair, work, aspect: 'taste', round: 2, value, version: 1 }
    await server.call('POST', '/api/v1/marks', { marks: [{ ...one, device_seq: 1 }] }, token)
  }
}

const act = (body: object) =>
  server.call('POST', `/api/v1/events/${event}/acts`, { act_id: crypto.randomUUID(), ...body })

test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  const made = await server.call<{ contest: { id: string } }>('POST', '/api/v1/packages', new Uint8Array(contest()))
  const list = await server.call<{ events: { id: string; code: string }[] }>(
    'GET',
    `/api/v1/contests/${made.contest.id}/events`,
  )
  event = list.events.find((e) => e.code === 'barista')?.id ?? ''
  other = list.events.find((e) => e.code === 'welder')?.id ?? ''
  const of = made.contest.id
  await account('chief', '裁判长', { role: 'chief_judge', contest: of, event })
  await account('watch', '监督员', { role: 'supervisor', contest: of })
  await account('office', '办公室', { role: 'organiser', contest: of })
  await act({ act: 'open' })
  const { codes } = await server.call<{ codes: { chair: number; seat: number; code: string }[] }>(
    'POST',
    `/api/v1/events/${event}/pairing-codes`,
    {},
  )
  // Works 001 and 002 are equal at the top, 006 is not agreed on, seat 3 owes 007, and 008 never came.
  const marks: Record<string, string> = { '001': '9', '002': '9', '003': '8', '004': '7', '005': '6' }
  for (const c of codes) {
    const own: Record<string, string> = c.seat === 3 ? { '006': '9' } : { '006': '4', '007': '5' }
    await mark(server, c.code, 'taste', { ...marks, ...own })
  }
})
test.afterAll(() => server?.stop())

async function open(page: Page, user: string, path: string): Promise<void> {
  await signIn(page, server, user, password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  await page.goto(`${server.base}/console/events/${event}/${path}`)
}

const row = (page: Page, words: string | RegExp) => page.locator('.lines > li').filter({ hasText: words })

test('what is missing is named and put right in place', async ({ page }) => {
  await open(page, 'chief', 'outstanding')
  await expect(page.getByRole('list', { name: '成绩状态' }).getByText('进行中')).toHaveAttribute('aria-current', 'step')
  await expect(row(page, '1 件作品一项打分也没有')).toBeVisible()
  await expect(row(page, /打分 4–9，只许差 3/)).toContainText('正在重打')
  await sound(page, 'what is missing')

  await page.keyboard.press('j')
  await expect(page.locator('.lines > li').first().locator(':focus')).toBeVisible()

  const none = row(page, '1 件作品一项打分也没有')
  await none.getByRole('button', { name: /看是哪些/ }).click()
  await none.getByRole('button', { name: '改状态' }).click()
  await page.getByLabel('理由').fill('未到场')
  await page.getByRole('button', { name: /^设为/ }).click()
  await expect(none).toHaveCount(0)

  for (const work of ['006', '007']) {
    const third = row(page, /江七品.*还差/)
    if ((await third.locator('.works').count()) === 0) await third.getByRole('button', { name: /看是哪些/ }).click()
    await third.locator('.works > li').filter({ hasText: work }).getByRole('button', { name: '裁判缺席' }).click()
    if (work === '006') await sound(page, 'a judge is absent')
    await page.getByLabel('理由').fill('送医')
    await page.getByRole('dialog').getByRole('button', { name: '裁判缺席' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await expect(row(page, /江七品/)).toHaveCount(0)

  await again([1, 2], '006', '5')
  await page.reload()
  await expect(page.locator('.lines > li')).toHaveCount(1)
  await row(page, '评分还没有锁定').getByRole('button', { name: '锁定' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '锁定' }).click()
  await expect(page.getByRole('list', { name: '成绩状态' }).getByText('暂列')).toHaveAttribute('aria-current', 'step')
})

test('a tie at the border of a prize is decided by a person', async ({ page }) => {
  await open(page, 'chief', 'outstanding')
  const tie = row(page, '一等奖的边界上 2 人并列，只有 1 个名额')
  await tie.getByRole('button', { name: '定先后' }).click()
  const dialog = page.getByRole('dialog')
  const decide = dialog.getByRole('button', { name: '定先后' })
  await expect(decide).toBeDisabled()
  await dialog.getByLabel('001 的名次').selectOption('1')
  await dialog.getByLabel('002 的名次').selectOption('1')
  await expect(dialog.getByText('名次不能相同')).toBeVisible()
  await dialog.getByLabel('001 的名次').selectOption('2')
  await dialog.getByLabel('理由').fill('加赛一杯')
  await sound(page, 'a tie')
  await decide.click()
  await expect(tie).toHaveCount(0)
})

test('the recheck is drawn, a wrong sheet makes everything be checked, and it ends', async ({ page }) => {
  await open(page, 'chief', 'recheck')
  await page.getByLabel('前面全部复核的比例').fill('三成')
  await page.getByRole('button', { name: '抽取复核' }).click()
  await expect(page.getByText('须是 0 到 1 之间的小数').first()).toBeVisible()
  await page.getByLabel('前面全部复核的比例').fill('0.3')
  await page.getByRole('button', { name: '抽取复核' }).click()
  await expect(page.getByText('0/4')).toBeVisible()
  await expect(page.getByRole('row').filter({ has: page.locator('.tag', { hasText: '未复核' }) })).toHaveCount(4)
  await expect(page.getByRole('heading', { name: '核对 002' })).toBeVisible() // the winner by decision
  await sound(page, 'recheck')

  await expect(page.getByRole('button', { name: '有误' })).toBeDisabled()
  await page.getByLabel('错在哪里').fill('纸上是 8.5')
  await page.getByRole('button', { name: '有误' }).click()
  await expect(page.getByText('超过了：全部复核')).toBeVisible()
  await page.getByRole('button', { name: '002', exact: true }).click()
  await page.getByRole('button', { name: '无误' }).click()
  await expect(page.getByRole('alert')).toContainText('请写明理由')
  await page.getByLabel('错在哪里').fill('复核人看错行')
  await page.getByRole('button', { name: '无误' }).click()
  for (let left = 6; left > 0; left--) {
    await expect(page.getByText(`${left} 件`, { exact: true })).toBeVisible()
    await page.getByRole('button', { name: '无误' }).click()
  }
  await expect(page.getByText('复核完毕')).toBeVisible()
  await page.getByText('抽取的底稿').click()
  await expect(page.getByText('SHA-256')).toBeVisible()
})

test('two persons publish, with the prizes before them, and the office gives notice', async ({ page }) => {
  await open(page, 'chief', 'publication')
  await expect(page.getByRole('list', { name: '成绩状态' }).getByText('已复核')).toHaveAttribute('aria-current', 'step')
  const awards = page.locator('section').filter({ has: page.getByRole('heading', { name: '奖项预览' }) })
  await expect(awards.getByRole('row', { name: /梅安娜/ })).toContainText('9.00')
  await expect(awards.getByRole('row', { name: /单青/ })).toBeVisible()
  await sound(page, 'publication')
  await page.getByRole('button', { name: '公布成绩' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('用户名').fill('watch')
  await dialog.getByLabel('密码').fill(password)
  await dialog.getByRole('button', { name: '公布成绩' }).click()
  await expect(page.getByRole('heading', { name: '已公布' })).toBeVisible()
  await expect(page.getByRole('button', { name: '开始公示' })).toHaveCount(0)

  await page.context().clearCookies()
  await open(page, 'office', 'publication')
  const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)
  await page.getByLabel('最后一天').fill(day)
  await page.getByLabel('在哪里公示').fill('市总工会官网')
  await page.getByRole('button', { name: '开始公示' }).click()
  await expect(page.getByRole('list', { name: '成绩状态' }).getByText('公示')).toHaveAttribute('aria-current', 'step')
  await expect(page.getByText(`至 ${day}，市总工会官网`)).toBeVisible()
  await page.goto(`${server.base}/console/events/${event}/outstanding`)
  await expect(page.getByText('什么也不差了')).toBeVisible()
})

for (const [lang, theme, width] of [
  ['en', 'dark', 1280],
  ['zh-CN', 'light', 1024],
  ['zh-CN', 'dark', 1280],
] as const) {
  test(`axe finds nothing, ${lang}, ${theme}, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    await signIn(page, server, server.admin.user, server.admin.password)
    await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
    for (const tab of ['outstanding', 'recheck', 'publication']) {
      for (const id of [event, other]) {
        await page.goto(`${server.base}/console/events/${id}/${tab}?lang=${lang}&theme=${theme}`)
        await page.locator('main .box').first().waitFor()
        await expect(page.locator('main .wait[role=status]')).toHaveCount(0)
        await sound(page, `${tab} ${lang} ${theme}`)
      }
    }
  })
}
