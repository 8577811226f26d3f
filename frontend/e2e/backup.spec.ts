import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { signIn, sound } from './console.tools'
import { Server } from './server'

// The administrator's backups: made on demand, listed, never downloaded; and nobody else's.

let server: Server
let page: Page

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000)
  server = await Server.start()
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
})
test.afterAll(async () => {
  await page?.close()
  await server?.stop()
})

test('a backup is made on demand and appears with its time and size', async () => {
  await signIn(page, server, server.admin.user, server.admin.password)
  await page.getByRole('link', { name: '备份', exact: true }).click()
  await expect(page.getByRole('heading', { name: '备份', level: 1 })).toBeVisible()
  await expect(page.getByText('还没有备份')).toBeVisible()
  await expect(page.getByText('正式赛事在锁定、启封、公布之前自动备份')).toBeVisible()
  await page.getByRole('button', { name: '立即备份' }).click()
  const row = page.getByRole('row', { name: /人工/ })
  await expect(row).toContainText(/\d+(\.\d)? KB/, { timeout: 30_000 })
  await expect(row).toContainText('本机密钥')
  await expect(page.getByText('备份已完成')).toBeVisible()
  const name = (await row.locator('td').last().innerText()).trim()
  expect(readdirSync(join(server.data, 'backups'))).toEqual([name])
  expect(existsSync(join(server.data, 'keys', 'backup.key'))).toBe(true)
  await page.screenshot({ path: test.info().outputPath('backups.png') })
})

test('a second one is listed above the first, and the audit tells of both', async () => {
  await page.getByRole('button', { name: '立即备份' }).click()
  await expect(page.getByRole('row', { name: /人工/ })).toHaveCount(2, { timeout: 30_000 })
  const names = await page.locator('tbody td:last-child').allInnerTexts()
  expect(names).toEqual([...names].sort().reverse())
  await page.getByRole('link', { name: '审计', exact: true }).click()
  await expect(page.getByRole('cell', { name: '备份', exact: true })).toHaveCount(2)
})

test('what hindered a backup is told in words', async () => {
  await page.route('**/api/v1/backups', (route) =>
    route.fulfill({ json: { backups: [], running: false, failed: 'store.full', before: 'all' } }),
  )
  await page.goto(`${server.base}/console/backups`)
  await expect(page.getByRole('alert')).toContainText('最近一次备份没有完成')
  await expect(page.getByText('所有赛事在锁定、启封、公布之前自动备份')).toBeVisible()
  await sound(page, 'failed')
  await page.unroute('**/api/v1/backups')
})

test('nobody else sees the page’s link or its list', async ({ browser }) => {
  const made = await server.call<{ password: string }>('POST', '/api/v1/accounts', {
    user: 'office',
    name: '办公室',
    grants: [{ role: 'union_office' }],
  })
  const first = await server.call<{ token: string }>('POST', '/api/v1/sessions', {
    user: 'office',
    password: made.password,
  })
  const password = 'celadon-and-river-26'
  await server.call('PUT', '/api/v1/accounts/current/password', { old: made.password, new: password }, first.token)
  const other = await browser.newPage()
  await signIn(other, server, 'office', password)
  await expect(other.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  const answer = await other.evaluate(async () => (await fetch('/api/v1/backups')).status)
  expect(answer).toBe(403)
  await expect(other.getByRole('link', { name: '备份', exact: true })).toHaveCount(0)
  await other.close()
})

for (const [lang, theme, width] of [
  ['zh-CN', 'light', 1280],
  ['en', 'dark', 1280],
  ['zh-CN', 'dark', 600],
] as const) {
  test(`axe finds nothing, ${lang}, ${theme}, ${width} wide`, async () => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto(`${server.base}/console/backups?lang=${lang}&theme=${theme}`)
    await page.locator('tbody tr').first().waitFor()
    await sound(page, `${lang} ${theme} ${width}`)
    await page.screenshot({ path: test.info().outputPath(`backups-${lang}-${theme}-${width}.png`) })
  })
}
