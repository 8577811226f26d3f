import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { packed } from './console.tools'
import { draft, idNumber, person, phone, terms } from './registration.tools'
import { Server } from './server'
import { stored } from './tablet.offline.tools'
import { sync, tapKeys } from './tablet.mock'

// 匿名: whose work it is, a judge's tablet never learns. Names, units, telephones and ID numbers are planted in the
// whole program; then everything that the tablet got, keeps, or could ask for is searched for them.

const names = ['虞测秘', '鄂匿名', '亓无踪']
const units = ['江城测密造船厂', '测密船厂', '江城测密地铁公司', '测密地铁']
const applicants = [1, 2].map((n) => ({ n, name: ['乜藏锋', '仉隐迹'][n - 1] ?? '', unit: `江城密报第${n}厂` }))
const secrets = [
  ...names,
  ...units,
  ...applicants.flatMap((a) => [a.name, a.unit, phone(a.n), idNumber(a.n)]),
  ...applicants.map((a) => idNumber(a.n).slice(0, 17)), // a check digit less is as telling
]

let server: Server
let event = ''
let contest = ''
let code = ''

test.beforeAll(async () => {
  test.setTimeout(120_000)
  server = await Server.start()
  const people = (text: string) => text.replace('梁志远', names[0] ?? '').replace('曾小雨', names[1] ?? '').replace('欧阳安', names[2] ?? '') // prettier-ignore
  const yards = (text: string) =>
    text
      .replace(/^shipyard,[^,]*,[^,\n]*/m, `shipyard,${units[0]},${units[1]}`)
      .replace(/^metro,[^,]*,[^,\n]*/m, `metro,${units[2]},${units[3]}`)
  const files = packed({ 'entries.csv': people, 'units.csv': yards })
  const made = await server.call<{ contest: { id: string } }>('POST', '/api/v1/packages', new Uint8Array(files))
  contest = made.contest.id
  const path = `/api/v1/contests/${contest}/events`
  const { events } = await server.call<{ events: { id: string; code: string }[] }>('GET', path)
  event = events.find((e) => e.code === 'welder')?.id ?? ''
  await register()
  const anew = `/api/v1/events/${event}/pairing-codes`
  const { codes } = await server.call<{ codes: { chair: number; code: string }[] }>('POST', anew, {})
  code = codes.find((c) => c.chair === 1)?.code ?? ''
  await server.call('POST', `/api/v1/events/${event}/acts`, { act_id: crypto.randomUUID(), act: 'open' })
})
test.afterAll(() => server?.stop())

/** Two people who apply with telephone and ID number; host and office take them. */
async function register(): Promise<void> {
  const own = { terms: terms(), reason: '' }
  await server.call('PUT', `/api/v1/contests/${contest}/registration-terms`, own)
  const host = await person(server, 'host', [{ role: 'host', contest, event }])
  const office = await person(server, 'office', [{ role: 'organiser', contest }])
  const path = `/api/v1/events/${event}/registrations`
  const registrations = applicants.map((a) => draft(a.n, { name: a.name, unit_name: a.unit }))
  await server.call('POST', path, { registrations }, host.token)
  for (const who of [host, office]) {
    type Rows = { registrations: { id: string; version: number }[] }
    const rows = (await server.call<Rows>('GET', path, undefined, office.token)).registrations
    const all = rows.map(({ id, version }) => ({ id, version }))
    await server.call('POST', `${path}/decisions`, { act: 'approve', reason: '', registrations: all }, who.token)
  }
  const { entries } = await server.call<{ entries: { name: string }[] }>('GET', `/api/v1/events/${event}/entries`)
  const known = entries.map((e) => e.name)
  for (const name of [...names, ...applicants.map((a) => a.name)]) expect(known, 'planted').toContain(name)
}

/** Whatever of the planted is in a text; what is empty was never looked at and fails as well. */
function expectClean(where: string, text: string, but: string[] = []): void {
  expect(text.length, `${where} was read`).toBeGreaterThan(0)
  for (const secret of secrets)
    if (!but.includes(secret)) expect(text.includes(secret), `${where} holds ${secret}`).toBe(false)
}

/** Everything that the page's origin keeps on the device. */
const keptOnDevice = (page: Page) =>
  page.evaluate(async () => {
    const done = <T>(ask: IDBRequest<T>) => new Promise<T>((ok) => (ask.onsuccess = () => ok(ask.result)))
    const found: Record<string, string> = {}
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name))
      for (const store of db.objectStoreNames) {
        const from = db.transaction(store).objectStore(store)
        found[`${name}/${store}`] = JSON.stringify([await done(from.getAllKeys()), await done(from.getAll())])
      }
      db.close()
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const ask of await cache.keys()) {
        found[`cache ${ask.url}`] = (await (await cache.match(ask))?.text()) ?? ''
      }
    }
    found.localStorage = JSON.stringify(localStorage)
    found.sessionStorage = JSON.stringify(sessionStorage)
    found.cookies = `cookies: ${document.cookie}`
    return found
  })

test('neither what a tablet receives nor what it keeps says whose work it is', async ({ page, context }) => {
  test.setTimeout(120_000)
  const bodies: Promise<[string, string]>[] = []
  const frames: string[] = []
  context.on('response', (r) => {
    const text = r.text().catch(() => 'no body')
    bodies.push(text.then((body) => [r.url(), `${JSON.stringify(r.headers())} ${body}`]))
  })
  page.on('websocket', (socket) => {
    socket.on('framereceived', (f) => frames.push(f.payload.toString()))
    socket.on('framesent', (f) => frames.push(f.payload.toString()))
  })
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`${server.base}/tablet#pair=${code}`)
  await page.locator('.work').first().waitFor()
  await stored(page)
  await page.locator('.work', { hasText: '417' }).click()
  await tapKeys(page, '417D')
  const first = page.locator('[data-aspect]').first()
  await first.waitFor()
  const screens = [await page.locator('body').innerText()]

  // A mark that waits: what goes into the file is what would go to the server.
  await context.setOffline(true)
  await first.getByRole('button').first().click()
  const enter = page.locator('.dialog > .acts .main')
  if (await enter.isVisible()) {
    await page.keyboard.type('1')
    await page.keyboard.press('Enter')
  }
  await expect(sync(page)).toContainText('已存本机')
  await sync(page).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出未上传的评分' }).click()
  const file = Buffer.concat(await (await (await download).createReadStream()).toArray()).toString()
  expect(JSON.parse(file).marks.length).toBeGreaterThan(0)
  screens.push(await page.locator('body').innerText())
  await context.setOffline(false)
  await page.keyboard.press('Escape')
  await expect(sync(page)).toContainText('已同步', { timeout: 30_000 })
  await page.reload()
  await first.waitFor()
  screens.push(await page.locator('body').innerText())

  expectClean('the exported file', file)
  screens.forEach((text, i) => expectClean(`screen ${i + 1}`, text))
  const kept = await keptOnDevice(page)
  expect(Object.keys(kept)).toContain('jiangtai-tablet/marks')
  expect(Object.keys(kept).some((k) => k.startsWith('cache'))).toBe(true)
  for (const [where, text] of Object.entries(kept)) expectClean(where, text)
  for (const [url, text] of await Promise.all(bodies)) expectClean(url, text)
  frames.forEach((frame, i) => expectClean(`frame ${i + 1}`, `frame ${frame}`))
  expect((await Promise.all(bodies)).some(([url]) => url.endsWith('/api/v1/tablet/bundle'))).toBe(true)
})

test('nothing that a paired tablet may ask for says whose work it is', async () => {
  test.setTimeout(120_000)
  const anew = `/api/v1/events/${event}/pairing-codes`
  const { codes } = await server.call<{ codes: { code: string }[] }>('POST', anew, { chairs: [2] })
  const at = await server.call<{ token: string }>('POST', '/api/v1/pairings', { code: codes[0]?.code }, '')
  let answered = 0
  for (const path of everyQuestion()) {
    for (const id of [event, contest]) {
      const answer = await fetch(server.base + fill(path, id), { headers: { Authorization: `Bearer ${at.token}` } })
      if (answer.ok) answered++
      // Which units there are is on the public form for whoever applies; of whose work it is it says nothing.
      const but = path === '/api/v1/public/events/{id}/registration' ? units : []
      expectClean(`GET ${path}`, `${answer.status} ${Buffer.from(await answer.arrayBuffer()).toString()}`, but)
    }
  }
  expect(answered, 'answers with something in them').toBeGreaterThan(3)
})

/** Every path of the interface that can be read, from the interface's own description. */
function everyQuestion(): string[] {
  const text = readFileSync(new URL('../../schemas/openapi.yaml', import.meta.url), 'utf8')
  const paths = text.split(/^ {2}(?=\/)/m).slice(1)
  const gets = paths.filter((p) => /^ {4}get:/m.test(p)).map((p) => p.slice(0, p.indexOf(':\n')))
  expect(gets.length, 'paths in the description').toBeGreaterThan(60)
  return gets
}

/** A path with what a judge would put there: the event or contest, the work and aspect in front of him. */
function fill(path: string, id: string): string {
  const known: Record<string, string> = { work: '417D', entry: '001', chair: '1', aspect: 'look', number: '1' }
  return path.replace(/\{(\w+)\}/g, (_, name: string) => known[name] ?? id)
}
