import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page, Route } from '@playwright/test'
import type { Bundle, PanelState } from '../src/tablet/bundle'
import { bundle } from './tablet.bundle'

// The server as the tablet meets it, in one page: for what a real server does not do on request, such as losing a
// reply or standing behind a hotel's login page. The whole program is met in the other specs.

const DIST = process.env.JIANGTAI_FIELD_DIST ?? fileURLToPath(new URL('../dist/field', import.meta.url))
export const ORIGIN = 'https://hall.test'

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  css: 'text/css',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
  webmanifest: 'application/manifest+json',
}

interface Sent {
  mark_id: string
  work: string
  aspect: string
  attempt: number
  round: number
  kind: string
  value: string
  supersedes?: string
  device_seq: number
}

export type Weather = 'fair' | 'down' | 'portal' | 'lost_reply' | 'unavailable' | 'signed_out'

export class Hall {
  bundle: Bundle = bundle()
  weather: Weather = 'fair'
  /** Aspects whose marks are refused. */
  refuse = new Map<string, { status: number; code: string; title: string }>()
  /** More than this many marks at once are too large. */
  most = 500
  panel: (aspect: string) => PanelState | null = () => null
  records = new Map<string, Sent>()
  batches: Sent[][] = []
  private seq = 0

  async open(where: Page | BrowserContext): Promise<void> {
    await where.route(/^https?:\/\/hall\.test\//, (route) => this.answer(route))
  }

  private async answer(route: Route): Promise<void> {
    const url = new URL(route.request().url())
    if (!url.pathname.startsWith('/api/')) return this.file(route, url.pathname)
    if (this.weather === 'down') return route.abort('connectionrefused')
    if (this.weather === 'portal') {
      return route.fulfill({ status: 200, contentType: 'text/html', body: '<html>请登录酒店无线网</html>' })
    }
    if (this.weather === 'unavailable') return this.problem(route, 503, 'server.unavailable', '服务器暂时不可用')
    if (url.pathname === '/api/v1/pairings') return this.pair(route)
    if (this.weather === 'signed_out')
      return this.problem(route, 401, 'identity.replaced', '此席位已在另一台设备上配对')
    if (url.pathname === '/api/v1/tablet/bundle') return this.json(route, 200, { ...this.bundle, ...this.kept() })
    if (url.pathname === '/api/v1/marks') return this.marks(route)
    if (url.pathname.includes('/panel/')) {
      const state = this.panel(url.pathname.split('/').pop() ?? '')
      return state ? this.json(route, 200, state) : this.problem(route, 404, 'judging.missing', '没有')
    }
    return this.problem(route, 404, 'web.missing', '没有这个地址')
  }

  private file(route: Route, path: string): Promise<void> {
    const name = path === '/tablet' ? 'tablet.html' : path.slice(1)
    const type = types[name.split('.').pop() ?? ''] ?? 'application/octet-stream'
    return route.fulfill({ body: readFileSync(`${DIST}/${name}`), contentType: type })
  }

  private pair(route: Route): Promise<void> {
    const { code } = route.request().postDataJSON() as { code: string }
    if (code !== 'K7QM-2XWD') return this.problem(route, 404, 'identity.code_wrong', '配对码不对，或者已经用过')
    const { event, chair } = this.bundle
    return this.json(route, 201, { token: 't'.repeat(43), device: `device-${++this.seq}`, event, chair })
  }

  /** What the tablet has given, as the server tells it: the last word on each cell. */
  private kept(): Pick<Bundle, 'marks' | 'finished'> {
    const cells = new Map<string, Bundle['marks'][number]>()
    const finished: Bundle['finished'] = [...this.bundle.finished]
    let seq = 0
    for (const m of this.records.values()) {
      seq++
      const key = [m.work, m.aspect, m.attempt, m.round].join()
      if (m.kind === 'finish') finished.push({ work: m.work, criterion: m.aspect })
      else if (m.kind === 'withdraw') cells.delete(key)
      else if (m.kind === 'clock')
        continue // told as sessions, where a bundle has them
      else cells.set(key, { ...m, kind: m.kind as 'mark', seq })
    }
    return { marks: [...this.bundle.marks, ...cells.values()], finished }
  }

  private async marks(route: Route): Promise<void> {
    const { marks } = route.request().postDataJSON() as { marks: Sent[] }
    this.batches.push(marks)
    if (marks.length > this.most) return this.problem(route, 413, 'web.too_large', '太大')
    const results = marks.map((m) => this.take(m))
    if (this.weather === 'lost_reply') return route.abort('connectionreset')
    return this.json(route, 207, { results })
  }

  private take(m: Sent): object {
    const no = this.refuse.get(m.aspect)
    if (no) return { status: no.status, mark_id: m.mark_id, problem: { ...no, request_id: 'r-1' } }
    this.records.set(m.mark_id, m)
    return { status: 200, mark_id: m.mark_id, receipt: { mark_id: m.mark_id, seq: this.records.size } }
  }

  private json(route: Route, status: number, body: unknown): Promise<void> {
    return route.fulfill({ status, contentType: 'application/json', body: JSON.stringify(body) })
  }

  private problem(route: Route, status: number, code: string, title: string): Promise<void> {
    const body = JSON.stringify({ type: 'about:blank', status, code, title, request_id: 'r-1' })
    return route.fulfill({ status, contentType: 'application/problem+json', body })
  }
}

/** Types a code on the page's own keys. */
export async function tapKeys(page: Page, code: string): Promise<void> {
  for (const c of code) await page.locator('.letters').getByRole('button', { name: c, exact: true }).click()
}

/** Pairs by the address of a QR code and waits for the list. */
export async function pairUp(page: Page, query = ''): Promise<void> {
  await page.goto(`${ORIGIN}/tablet${query}#pair=K7QM-2XWD`)
  await page.locator('.work').first().waitFor()
}

/** Opens a work by the label that stands on it, and goes to one of its parts. */
/** The tablet as it comes from the shop: without its store, and without the second copy that would bring it back. */
export async function wipe(page: Page): Promise<void> {
  await page.evaluate(async () => {
    indexedDB.deleteDatabase('jiangtai-tablet')
    await caches.delete('jiangtai-tablet-copy')
  })
}

export async function openWork(page: Page, label: string, part = 0): Promise<void> {
  await page.locator('.work', { hasText: label.slice(0, 3) }).click()
  await tapKeys(page, label)
  await page.locator('.asp').first().waitFor()
  await toPart(page, part)
}

export async function toPart(page: Page, part: number): Promise<void> {
  await page.locator('.subs .sub').nth(part).click()
}

export const card = (page: Page, aspect: string) => page.locator(`[data-aspect=${aspect}]`)
export const sync = (page: Page) => page.getByTestId('sync')
