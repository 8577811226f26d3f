import { expect, test, type Page } from '@playwright/test'
import { signIn, sound } from './console.tools'
import { Server } from './server'

// A host starts its marking scheme from a template: searched by spelling, looked into, taken as the first version.

let server: Server
let event: string

test.use({ viewport: { width: 1280, height: 800 } })
test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  const made = await server.call<{ contest: { id: string } }>('POST', '/api/v1/contests', {
    code: 'city-26',
    name: '江城职工技能竞赛',
    kind: 'rehearsal',
  })
  const one = await server.call<{ event: { id: string } }>('POST', `/api/v1/contests/${made.contest.id}/events`, {
    code: 'W-1',
    trade: '电焊',
  })
  event = one.event.id
})
test.afterAll(() => server?.stop())

async function choose(page: Page): Promise<void> {
  await signIn(page, server, server.admin.user, server.admin.password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  await page.goto(`${server.base}/console/events/${event}/scheme`)
  await page.getByRole('button', { name: '选择模板' }).click()
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a template is found, in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await choose(page)
    const dialog = page.getByRole('dialog', { name: '从模板开始' })
    // The event's trade stands in the search and is not in the catalogue.
    await expect(dialog.getByRole('searchbox')).toHaveValue('电焊')
    await expect(dialog).toContainText('没有这个工种的模板')
    await dialog.getByRole('button', { name: '显示全部模板' }).click()
    await expect(dialog.getByRole('listitem')).not.toHaveCount(0)
    await dialog.getByRole('searchbox').fill('hangong')
    await expect(dialog.getByRole('listitem')).toHaveCount(1)
    await expect(dialog.getByRole('button', { name: '采用模板' })).toBeDisabled()
    await dialog.getByRole('button', { name: /^焊工/ }).click()
    await expect(dialog).toContainText('焊工（板对接立焊）')
    await sound(page, `a template in the ${colorScheme} theme`)
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/templates-${colorScheme}.png` })
  })
}

test('a template becomes the first version', async ({ page }) => {
  await choose(page)
  const dialog = page.getByRole('dialog', { name: '从模板开始' })
  await dialog.getByRole('searchbox').fill('6-18-02-04')
  await dialog.getByRole('button', { name: /^焊工/ }).click()
  await dialog.getByRole('button', { name: '采用模板' }).click()
  await expect(page.getByText('评分标准已保存')).toBeVisible()
  await expect(page.getByRole('heading', { name: '焊工（板对接立焊）' })).toBeVisible()
  await expect(page.getByRole('cell', { name: '底片等级' })).toBeVisible()
  await expect(page.getByText('第 1 版')).toBeVisible()
})
