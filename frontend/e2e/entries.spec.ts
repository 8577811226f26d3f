import { expect, test } from '@playwright/test'
import { packed, signIn, sound } from './console.tools'
import { Server } from './server'

// The entry list of a team contest: people become a team, members stand under it, groups and counties are columns and
// filters, and what moves after the opening is a record with its reason.

const scheme = JSON.stringify({
  format: 'jiangtai.scheme/1',
  name: { zh: '咖啡师团体' },
  panels: [{ id: 'taste', name: { zh: '品评组' } }],
  composition: 'sum',
  rankings: ['group', 'county'],
  teams: { take: 'sum', size: 2 },
  components: [
    {
      id: 'theory',
      name: { zh: '理论' },
      criteria: [
        {
          id: 'paper',
          name: { zh: '笔试' },
          subs: [
            {
              id: 'p',
              name: { zh: '卷面' },
              aspects: [{ id: 'score', name: { zh: '成绩' }, kind: 'external', max: '100', step: '1' }],
            },
          ],
        },
      ],
    },
    {
      id: 'practical',
      name: { zh: '实操' },
      of: 'team',
      criteria: [
        {
          id: 'cup',
          name: { zh: '出品' },
          subs: [
            {
              id: 'c',
              name: { zh: '出品' },
              aspects: [
                { id: 'taste-mark', name: { zh: '口感' }, kind: 'panel', panel: 'taste', max: '10', step: '0.5' },
              ],
            },
          ],
        },
      ],
    },
  ],
})
const people = ['甲一', '甲二', '乙一', '乙二']
  .map((name, i) => `barista,10${i},,,${name},${i < 2 ? 'metro' : ''},,,${i % 2 ? '学生组' : '职工组'},\n`)
  .join('')

let server: Server
let event = ''

test.use({ viewport: { width: 1280, height: 800 } })

test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  const made = await server.call<{ contest: { id: string } }>(
    'POST',
    '/api/v1/packages',
    new Uint8Array(
      packed({
        'schemes/barista.json': () => scheme,
        'entries.csv': (text) => text.replace(/^barista,.*\n/gm, '') + people,
        'units.csv': (text) => text.replace(/(metro,.*work_unit,)/, '$1port-union'),
      }),
    ),
  )
  const list = await server.call<{ events: { id: string; code: string }[] }>(
    'GET',
    `/api/v1/contests/${made.contest.id}/events`,
  )
  event = list.events.find((e) => e.code === 'barista')?.id ?? ''
})
test.afterAll(() => server?.stop())

test('people become a team, are found by group and county, and move with a reason', async ({ page }) => {
  await signIn(page, server, server.admin.user, server.admin.password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  await page.goto(`${server.base}/console/events/${event}/entries`)

  // A unit below a county union gives its people the county.
  await expect(page.getByRole('row', { name: /甲一/ })).toContainText('港区总工会')
  await page.getByLabel('选择 甲一').check()
  await page.getByLabel('选择 乙二').check()
  await page.getByRole('button', { name: '组成一队（2）' }).click()
  const dialog = page.getByRole('dialog', { name: '组成一队（2）' })
  await dialog.getByLabel('队名').fill('江城一队')
  await sound(page, 'the dialog of a team')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已组成 江城一队，2 人')).toBeVisible()

  const names = page.locator('tbody tr td.name')
  await expect(names).toHaveText([/江城一队\s*队 · 2 人/, '甲一', '乙二', '甲二', '乙一'])
  await expect(page.locator('tbody tr.member')).toHaveCount(2)
  await sound(page, 'entries with a team')
  await page.screenshot({ path: 'test-results/entries-team.png' })

  await page.getByRole('combobox', { name: '队', exact: true }).selectOption('江城一队 (2)')
  await expect(names).toHaveText([/江城一队/, '甲一', '乙二'])
  await page.getByRole('combobox', { name: '队', exact: true }).selectOption('全部')
  await page.getByRole('combobox', { name: '组别', exact: true }).selectOption('学生组')
  await expect(names).toHaveText(['乙二', '甲二'])
  await page.getByRole('combobox', { name: '县区', exact: true }).selectOption('港区总工会')
  await expect(names).toHaveText(['甲二'])
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出名单' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('参赛-barista.xlsx')
  await page.getByRole('combobox', { name: '组别', exact: true }).selectOption('全部')
  await page.getByRole('combobox', { name: '县区', exact: true }).selectOption('全部')

  // What is wrong stands at its cell: no such team, and a county that is not the unit's.
  await page.getByRole('button', { name: '编辑名单' }).click()
  const row = (name: string) =>
    page
      .locator('tbody tr')
      .filter({ has: page.locator(`input.in`) })
      .nth(rows.indexOf(name))
  const rows = ['江城一队', '甲一', '乙二', '甲二', '乙一']
  await page.getByLabel('队，第 4 行').fill('无此队')
  await page.getByLabel('县区，第 4 行').fill('别处')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(row('甲二')).toContainText('名单中没有这支队')
  await expect(row('甲二')).toContainText('与其单位所在的县（市、区）不一致')
  await sound(page, 'teams with faults')
  await page.getByRole('button', { name: '取消' }).click()

  // Open: a move needs a reason and becomes a record.
  await server.call('POST', `/api/v1/events/${event}/acts`, { act_id: crypto.randomUUID(), act: 'open' })
  await page.reload()
  await expect(names.first()).toBeVisible()
  await expect(page.getByRole('button', { name: /组成一队/ })).toHaveCount(0)
  await page.getByRole('button', { name: '编辑名单' }).click()
  await page.getByLabel('组别，第 4 行').fill('职工组')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('评分已开始，改动归属须说明原因').first()).toBeVisible()
  await sound(page, 'a move without a reason')
  await page.getByLabel('改动归属的原因').fill('报错了组别')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('row', { name: /甲二/ })).toContainText('职工组')
  const { records } = await server.call<{ records: { kind: string; work: string; aspect: string; text?: string }[] }>(
    'GET',
    `/api/v1/events/${event}/records`,
  )
  const said = records.filter((r) => r.kind === 'belong')
  expect(said.filter((r) => r.aspect === 'team')).toHaveLength(2)
  expect(said.at(-1)).toMatchObject({ work: '101', aspect: 'group', text: '报错了组别' })

  await page.emulateMedia({ colorScheme: 'dark' })
  await sound(page, 'entries in the dark')
  await page.setViewportSize({ width: 420, height: 900 })
  await sound(page, 'entries on a narrow window')
})
