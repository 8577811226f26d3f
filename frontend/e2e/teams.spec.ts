import { expect, test, type Page } from '@playwright/test'
import { signIn, sound } from './console.tools'
import { Server } from './server'

// An event with teams and ranks in groups through the whole program: the console's standings, the working of a team,
// prizes and who goes on by group, the public board.

const scheme = {
  format: 'jiangtai.scheme/1',
  name: { zh: '工业机器人系统操作员' },
  panels: [{ id: 'judges', name: { zh: '评分裁判组' } }],
  composition: 'sum',
  rounding: { total: { places: 2 } },
  rankings: ['group', 'unit'],
  teams: { take: 'best', best: 2, size: 3, least: 1 },
  prizes: { by: 'group', list: [{ id: 'first', name: { zh: '一等奖' }, number: 1 }] },
  team_prizes: { list: [{ id: 'cup', name: { zh: '优胜队' }, number: 1 }] },
  advance: { by: 'group', first: 1 },
  components: [
    {
      ...{ id: 'skill', name: { zh: '实操' } },
      criteria: [part('skill-c', '实操', { id: 'work', kind: 'points', max: '100', step: '0.5' })],
    },
    {
      ...{ id: 'together', name: { zh: '团队协作' }, of: 'team' },
      criteria: [part('team-c', '协作', { id: 'teamwork', kind: 'points', max: '20', step: '0.5' })],
    },
  ],
}

function part(id: string, name: string, aspect: object): object {
  const sub = { id: `${id}-s`, name: { zh: name }, aspects: [{ name: { zh: name }, panel: 'judges', ...aspect }] }
  return { id, name: { zh: name }, subs: [sub] }
}

const people = '梁志远 欧阳婷 何俊杰 黄思敏 刘建国 吴文斌 谢海峰'.split(' ')
let server: Server
let event = ''

test.use({ viewport: { width: 1280, height: 800 } })
test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  const { contest } = await server.call<{ contest: { id: string } }>('POST', '/api/v1/contests', {
    ...{ code: 'robots', name: '江城市职工职业技能大赛', kind: 'demo', visible: true },
  })
  const made = await server.call<{ event: { id: string } }>('POST', `/api/v1/contests/${contest.id}/events`, {
    ...{ code: 'robots', trade: '工业机器人系统操作员', stage: 'final', depth: 'paper' },
  })
  event = made.event.id
  const at = `/api/v1/events/${event}`
  await server.call('PUT', `${at}/scheme`, scheme)
  await server.call('PUT', `${at}/chairs`, { chairs: [{ panel: 'judges', judge: '周敏' }] })
  for (const [code, name] of [
    ['yard', '江城造船厂'],
    ['metro', '江城轨道'],
  ]) {
    await server.call('POST', '/api/v1/units', { contest: contest.id, code, name, short: name, kind: 'work_unit' })
  }
  const units = ['yard', 'metro']
  await server.call('PUT', `${at}/entries`, {
    entries: [
      ...units.map((unit, i) => ({ entry_no: `T${i + 1}`, name: ['造船厂队', '轨道队'][i], unit, kind: 'team' })),
      ...people.map((name, i) => ({
        ...{ entry_no: `00${i + 1}`, name, unit: units[i % 2], group: i % 3 ? '职工组' : '学生组' },
        ...(i < 6 ? { team: `T${(i % 2) + 1}` } : {}),
      })),
    ],
  })
  await server.call('POST', `${at}/acts`, { act_id: crypto.randomUUID(), act: 'open' })
  await server.call('PUT', `${at}/keying/way`, { way: 'single' })
  const marks = [
    ...people.map((_, i) => ({ work: `00${i + 1}`, aspect: 'work', value: `${90 - 5 * i}` })),
    ...['T1', 'T2'].map((work, i) => ({ work, aspect: 'teamwork', value: `${15 + 4 * i}` })),
  ]
  const first = { user: 'clerk-1', password: 'to-be-changed-at-once-26' }
  const own = 'seven-kilns-by-the-river-9'
  const grants = [{ role: 'clerk', contest: contest.id, event }]
  const account = await server.call<{ password?: string }>('POST', '/api/v1/accounts', {
    ...{ name: '录分员', grants, ...first },
  })
  const old = account.password ?? first.password
  const changed = { user: first.user, password: old }
  const { token } = await server.call<{ token: string }>('POST', '/api/v1/sessions', changed, '')
  await server.call('PUT', '/api/v1/accounts/current/password', { old, new: own }, token)
  const body = { marks: marks.map((one) => ({ mark_id: crypto.randomUUID(), chair: 1, version: 1, ...one })) }
  const { results } = await server.call<{ results: { status: number }[] }>('POST', `${at}/marks-sheet`, body, token)
  expect(results.filter((r) => r.status !== 200)).toEqual([])
})
test.afterAll(() => server?.stop())

const PICTURES = process.env.PICTURES
async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
}

test('the console shows two lists, groups, and how a team’s total came to be', async ({ page }) => {
  await signIn(page, server, server.admin.user, server.admin.password)
  await expect(page.getByLabel('用户名')).toHaveCount(0)
  await page.goto(`${server.base}/console/events/${event}`)
  const rows = page.locator('.scroll.tall tbody tr')
  await expect(rows).toHaveCount(7)
  await expect(rows.first()).toContainText('学生组 1')
  await sound(page, 'standings')
  await picture(page, 'console-persons')
  await page.getByLabel('组别、县区或单位').selectOption({ label: '学生组 (3)' })
  await expect(rows).toHaveCount(3)
  await expect(rows.nth(1)).toContainText('总第 4')
  await page.getByRole('button', { name: '团体', exact: true }).click()
  await expect(rows).toHaveCount(2)
  await expect(rows.first()).toContainText('185.00')
  await picture(page, 'console-teams')
  await rows.first().getByRole('link').click()
  await expect(page.getByText('最好 2 名队员总分之和')).toBeVisible()
  await expect(page.locator('tr.off')).toHaveCount(1)
  await sound(page, 'working of a team')
  await picture(page, 'console-team-working')
  await page.getByRole('button', { name: '深色' }).click()
  await sound(page, 'working of a team, dark')
  await page.getByRole('link', { name: '001' }).click()
  await expect(page.getByRole('heading', { name: /001/ })).toBeVisible()
})

test('prizes and who goes on are shown by group, and prizes of teams', async ({ page }) => {
  await signIn(page, server, server.admin.user, server.admin.password)
  await expect(page.getByLabel('用户名')).toHaveCount(0)
  await page.goto(`${server.base}/console/events/${event}/publication`)
  for (const name of [/学生组 · 一等奖/, /职工组 · 一等奖/, /优胜队/, /学生组 · 晋级/]) {
    await expect(page.getByRole('rowheader', { name })).toBeVisible()
  }
  await sound(page, 'prizes by group')
  await picture(page, 'console-awards')
})

test('the public board has them', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 812 })
  await page.goto(`${server.base}/#/e/${event}?list=team`)
  await expect(page.locator('.ranking .row')).toHaveCount(2)
  await page.locator('.ranking .row').first().click()
  await expect(page.locator('.members dt')).toHaveCount(3)
  await sound(page, 'board')
  await picture(page, 'program-board')
})
