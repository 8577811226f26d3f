import { expect, test, type Page } from '@playwright/test'
import { sound } from './console.tools'
import { draft, fair, idNumber, person, phone, type Fair } from './registration.tools'
import { Server } from './server'

// The public form on a phone: from the list of calls to the receipt, the return and the correction.

let server: Server
let at: Fair

test.use({ viewport: { width: 375, height: 812 } })
test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  at = await fair(server)
})
test.afterAll(() => server?.stop())

const picture = (page: Page, name: string) =>
  process.env.PICTURES ? page.screenshot({ path: `${process.env.PICTURES}/${name}.png`, fullPage: true }) : undefined

async function fill(page: Page, n: number): Promise<void> {
  await page.getByLabel('姓名').fill('梁志远')
  await page.getByLabel('证件号码', { exact: true }).fill(idNumber(n))
  await page.getByLabel('手机号').fill(phone(n))
  await page.getByLabel('工作单位').fill('江城造船厂')
  await page.getByLabel('用工形式').selectOption({ label: '正式职工' })
  await page.getByLabel('在本市工作年限').fill('6')
  await page.getByLabel('从事本工种年限').fill('4')
  await page.getByLabel('技能等级').selectOption({ label: '三级（高级工）' })
  await page.getByLabel('焊工证', { exact: true }).check()
  await page.getByLabel('焊工证有效期至').fill('2030-01-31')
  await page.getByLabel(/我已阅读告知书/).check()
  await page.getByLabel('我承诺所填内容真实').check()
}

test('a person applies, is returned, corrects, and is approved', async ({ page }) => {
  test.setTimeout(120_000)
  await page.goto(`${server.base}/register`)
  await expect(page.getByRole('heading', { name: '选手报名' })).toBeVisible()
  await sound(page, 'calls')
  await picture(page, 'calls')
  await page.getByRole('link', { name: /焊工/ }).click()
  await expect(page.getByText('从事本工种满 2 年')).toBeVisible()
  await sound(page, 'form')
  await picture(page, 'form')

  // Everything that is wrong stands at its field at once, and the first of it has the focus.
  await page.getByLabel('证件号码', { exact: true }).fill('110105194912310021')
  await page.getByRole('button', { name: '提交报名' }).click()
  await expect(page.getByText('证件号码校验位不符')).toBeVisible()
  await expect(page.getByText('不是有效的手机号')).toBeVisible()
  await expect(page.getByText('请阅读并同意现行的个人信息告知书')).toBeVisible()
  await expect(page.getByLabel('姓名')).toBeFocused()
  await sound(page, 'form with faults')
  await picture(page, 'faults')

  await fill(page, 1)
  await page.getByLabel('从事本工种年限').fill('1')
  await page.getByLabel('我是职业院校教师').check()
  await page.getByRole('button', { name: '提交报名' }).click()
  await expect(page.getByText('从事本工种年限不足（≥ 2 / 1）')).toBeVisible()
  await expect(page.getByText('院校教师不能参赛')).toBeVisible()
  await page.getByLabel('我是职业院校教师').uncheck()
  await page.getByLabel('从事本工种年限').fill('4')
  await page.getByRole('button', { name: '提交报名' }).click()
  await expect(page.getByRole('heading', { name: '报名已提交' })).toBeFocused()
  const [number = '', secret = ''] = await page.locator('.receipt dd').allTextContents()
  expect(number).toMatch(/^\w{4}-\w{4}-\w{4}$/)
  await sound(page, 'receipt')
  await picture(page, 'receipt')

  await page.getByRole('button', { name: /我已保存/ }).click()
  await expect(page.getByText('已提交，待审核')).toBeVisible()
  await expect(page.getByText('没有工作人员查看过完整号码')).toBeVisible()
  await expect(page.locator('body')).not.toContainText(idNumber(1))

  // The host returns it, and has looked at the number once.
  const host = await person(server, 'host', [{ role: 'host', contest: at.contest, event: at.events.welder }])
  const list = `/api/v1/events/${at.events.welder}/registrations`
  const row = async () => (await server.call<{ registrations: { id: string; version: number }[] }>('GET', list)).registrations[0] // prettier-ignore
  const decide = async (act: string, reason: string, token: string) => {
    const { id = '', version } = (await row()) ?? {}
    await server.call('POST', `${list}/decisions`, { act, reason, registrations: [{ id, version }] }, token)
    return id
  }
  const id = await decide('return', '请填写岗位', host.token)
  await server.call('POST', `/api/v1/registrations/${id}/reveal`, { reason: '办理保险' }, host.token)

  // On another day: the number and the code as people type them.
  await page.goto(`${server.base}/register#/own`)
  await page.reload()
  await page.getByLabel('报名编号').fill(number.toLowerCase())
  await page.getByLabel('查询码').fill('不对')
  await page.getByRole('button', { name: '查看' }).click()
  await expect(page.getByText('报名编号或查询码不对')).toBeVisible()
  await sound(page, 'look-up refused')
  await page.getByLabel('查询码').fill(` ${secret} `)
  await page.getByRole('button', { name: '查看' }).click()
  await expect(page.getByText('原因：请填写岗位')).toBeVisible()
  await expect(page.getByText('办理保险')).toBeVisible()
  await sound(page, 'own, returned')
  await picture(page, 'returned')
  await page.getByRole('button', { name: '修改', exact: true }).click()
  await expect(page.getByText(/留空则保持不变：42\*{13}/)).toBeVisible()
  await expect(page.getByLabel('姓名')).toHaveValue('梁志远')
  await expect(page.getByLabel('焊工证', { exact: true })).toBeChecked()
  await page.getByLabel('岗位').fill('电焊工')
  await page.getByLabel(/我已阅读告知书/).check()
  await page.getByLabel('我承诺所填内容真实').check()
  await picture(page, 'correct')
  await page.getByRole('button', { name: '重新提交' }).click()
  await expect(page.getByText('修改后重新提交')).toBeVisible()

  await decide('approve', '', host.token)
  await decide('approve', '', server.admin.token)
  await page.reload()
  await page.getByLabel('报名编号').fill(number)
  await page.getByLabel('查询码').fill(secret)
  await page.getByRole('button', { name: '查看' }).click()
  await expect(page.getByText('已通过', { exact: true })).toBeVisible()
  await expect(page.getByText('参赛号')).toBeVisible()
  await expect(page.getByRole('button', { name: '撤回报名' })).toHaveCount(0)
  await picture(page, 'approved')
})

test('one withdraws with one more press, and nobody is registered twice', async ({ page }) => {
  const body = { event: at.events.welder, ...draft(7) }
  const made = await server.call<{ number: string; secret: string }>('POST', '/api/v1/public/registrations', body, '')
  await page.goto(`${server.base}/register?event=${at.events.welder}`)
  await expect(page).toHaveURL(/#\/e\//)
  await fill(page, 7)
  await page.getByRole('button', { name: '提交报名' }).click()
  await expect(page.getByText('此人已报名本赛项').first()).toBeVisible()
  await expect(page.getByLabel('姓名')).toHaveValue('梁志远') // nothing was lost
  await page.goto(`${server.base}/register#/own`)
  await page.getByLabel('报名编号').fill(made.number)
  await page.getByLabel('查询码').fill(made.secret)
  await page.getByRole('button', { name: '查看' }).click()
  await page.getByRole('button', { name: '撤回报名' }).click()
  await page.getByRole('button', { name: '确定撤回' }).click()
  await expect(page.getByText('已撤回', { exact: true })).toBeVisible()
})

test('what is not there is said, and what fails keeps the form', async ({ page, context }) => {
  await page.goto(`${server.base}/register?event=00000000-0000-4000-8000-000000000000`)
  await expect(page.getByRole('alert')).toContainText('没有这个赛项，或不在此报名')
  await page.goto(`${server.base}/register?event=${at.events.welder}`)
  await fill(page, 9)
  await context.route('**/api/v1/public/registrations', (route) => route.abort())
  await page.getByRole('button', { name: '提交报名' }).click()
  await expect(page.getByRole('alert')).toContainText('连不上服务器')
  await expect(page.getByLabel('证件号码', { exact: true })).toHaveValue(idNumber(9))
})

for (const [lang, theme, width] of [
  ['en', 'dark', 375],
  ['zh-CN', 'dark', 1280],
  ['en', 'light', 1280],
  ['en', 'light', 320],
] as const) {
  test(`axe finds nothing, ${lang}, ${theme}, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 812 })
    for (const [name, path] of [
      ['calls', ''],
      ['form', `#/e/${at.events.welder}`],
      ['own', '#/own'],
    ] as const) {
      await page.goto('about:blank')
      await page.goto(`${server.base}/register?lang=${lang}&theme=${theme}${path}`)
      await page.locator('main h1').waitFor()
      if (name === 'form') await page.locator('details summary').click()
      await sound(page, name)
      await picture(page, `${name}-${lang}-${theme}-${width}`)
    }
  })
}
