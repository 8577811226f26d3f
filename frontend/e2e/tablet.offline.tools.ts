/** An event for a tablet without a network, and a browser that can be killed like a battery is pulled. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, type Browser, type CDPSession, type Page } from '@playwright/test'
import { openEvent } from './event.tools'
import type { Server } from './server'
import { sync } from './tablet.mock'

const text = (zh: string) => ({ zh })

function scheme(aspects: number) {
  const all = Array.from({ length: aspects }, (_, i) => ({
    id: `a${i + 1}`,
    name: text(`第 ${i + 1} 处焊缝合格`),
    kind: 'yes_no',
    panel: 'judges',
    max: '1',
  }))
  return {
    format: 'jiangtai.scheme/1',
    name: text('焊工'),
    panels: [{ id: 'judges', name: text('外观评分组'), policy: { kind: 'mean' } }],
    components: [
      {
        id: 'practical',
        name: text('实操'),
        criteria: [
          {
            id: 'A',
            name: text('焊缝外观'),
            identity: 'open',
            subs: [{ id: 'A1', name: text('盖面'), aspects: all }],
          },
        ],
      },
    ],
  }
}

export interface Hall {
  event: string
  codes: { chair: number; code: string }[]
}

let halls = 0

/** An open event with two judges; every work has the same yes-or-no aspects. */
export async function openHall(server: Server, { works = 25, aspects = 20 } = {}): Promise<Hall> {
  return openEvent(server, {
    ...{ code: `offline-${++halls}`, contest: '断网测试赛', scheme: scheme(aspects) },
    chairs: ['周敏', '林海涛'].map((judge) => ({ panel: 'judges', judge })),
    entries: Array.from({ length: works }, (_, i) => ({ entry_no: number(i), name: `选手${i + 1}` })),
  })
}

export const number = (i: number) => String(i + 1).padStart(3, '0')

export interface Record {
  kind: string
  aspect?: string
  value: string
  client_at?: number
}

/** The marks that the server has, oldest first. */
export async function marksOf(server: Server, event: string): Promise<Record[]> {
  const found: Record[] = []
  for (let after = 0; ;) {
    const path = `/api/v1/events/${event}/records?after=${after}`
    const { records } = await server.call<{ records: (Record & { seq: number })[] }>('GET', path)
    if (records.length === 0) return found.filter((r) => r.kind === 'mark')
    found.push(...records)
    after = records[records.length - 1]?.seq ?? Infinity
  }
}

/** Pairs and waits until the page lies on the device: from here on it opens without a server. */
export async function pairForGood(page: Page, base: string, code: string): Promise<void> {
  await page.goto(`${base}/tablet#pair=${code}`)
  await page.locator('.work').first().waitFor()
  await stored(page)
}

/** Waits until a worker looks after the page and holds everything that the page can load. */
export async function stored(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')
}

/** Gives marks by the page's own buttons, each after the tick of the one before; resolves with how many. */
export async function tapAll(page: Page, button: '合格' | '不合格', most = Infinity): Promise<number> {
  await page.locator('.asp').first().waitFor()
  return page.evaluate(
    async ({ button, most }) => {
      const frame = () => new Promise((done) => setTimeout(done, 1))
      const cards = [...document.querySelectorAll('[data-aspect]')].slice(0, most === null ? undefined : most)
      for (const card of cards) {
        const its = [...card.querySelectorAll('button')].find((b) => b.textContent?.trim() === button)
        its?.click()
        while (its?.getAttribute('aria-pressed') !== 'true' || !/待传|已存/.test(card.textContent ?? '')) await frame()
      }
      return cards.length
    },
    { button, most: most === Infinity ? null : most },
  )
}

export async function openSheet(page: Page, work: string): Promise<void> {
  await page.locator('.work', { hasText: work }).click()
  await page.locator('.asp').first().waitFor()
}

export const keptHere = (page: Page, n: number, timeout = 30_000) =>
  expect(sync(page)).toContainText(`已存本机 ${n} 项`, { timeout })

/** A Chromium with a profile of its own that lives through kill(). */
export class Device {
  private child?: ChildProcess
  private readonly profile = mkdtempSync(join(tmpdir(), 'jiangtai-tablet-'))
  browser!: Browser
  page!: Page
  cdp!: CDPSession

  /** Starts the browser on what the last one left. */
  async boot(): Promise<Page> {
    const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--hide-crash-restore-bubble']
    const quiet = [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-breakpad',
    ]
    const own = [`--user-data-dir=${this.profile}`, '--remote-debugging-port=0', '--lang=zh-CN', '--accept-lang=zh-CN']
    const child = spawn(process.env.CHROMIUM ?? '/usr/bin/chromium', [...flags, ...quiet, ...own, 'about:blank'], {
      detached: true, // a group of its own: kill takes every process of it at once
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.child = child
    const address = await new Promise<string>((found, failed) => {
      let said = ''
      child.stderr.on('data', (b: Buffer) => {
        said += b.toString()
        const at = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
        if (at) found(at)
      })
      child.once('exit', () => failed(new Error(`the browser ended:\n${said}`)))
    })
    this.browser = await chromium.connectOverCDP(address)
    const [context] = this.browser.contexts()
    if (!context) throw new Error('a browser without a context')
    this.page = context.pages()[0] ?? (await context.newPage())
    this.cdp = await context.newCDPSession(this.page)
    return this.page
  }

  /** Every process of the browser at once, with no goodbye to any. */
  async kill(): Promise<void> {
    const child = this.child
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((done) => child.once('exit', done))
    process.kill(-child.pid, 'SIGKILL')
    await gone
    await this.browser.close().catch(() => undefined)
  }

  /** Damages what the killed browser has of its database, as a write does that ends in the middle. */
  tear(): number {
    const all = join(this.profile, 'Default', 'IndexedDB')
    const logs = readdirSync(all, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.log'))
    for (const log of logs) {
      const bytes = readFileSync(join(all, log))
      bytes.fill(0x5a, Math.floor(bytes.length / 3), Math.floor(bytes.length / 3) + 64)
      writeFileSync(join(all, log), bytes)
    }
    return logs.length
  }

  async end(): Promise<void> {
    await this.kill()
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

/**
 * Stands between a tablet and the server, as a hall's network does: it can be cut off the interface or altogether, and
 * it can hand out the same pages as if they were of the next version.
 */
export class Front {
  cut: 'nothing' | 'interface' | 'everything' = 'nothing'
  version = 1

  private constructor(
    private readonly http: HttpServer,
    readonly base: string,
  ) {}

  static async before(server: Server): Promise<Front> {
    const http = createServer((ask, answer) => void front.pass(server, ask, answer))
    await new Promise<void>((up) => http.listen(0, '127.0.0.1', up))
    const front: Front = new Front(http, `http://127.0.0.1:${(http.address() as AddressInfo).port}`)
    return front
  }

  async close(): Promise<void> {
    this.http.closeAllConnections()
    await new Promise((gone) => this.http.close(gone))
  }

  private async pass(server: Server, ask: IncomingMessage, answer: ServerResponse): Promise<void> {
    const path = ask.url ?? '/'
    if (this.cut === 'everything' || (this.cut === 'interface' && path.startsWith('/api/'))) return void ask.destroy()
    try {
      const own = ['host', 'connection', 'accept-encoding', 'origin', 'content-length', 'if-none-match']
      const headers = Object.fromEntries(Object.entries(ask.headers).filter(([k]) => !own.includes(k))) as HeadersInit
      const body = ask.method === 'GET' ? undefined : Buffer.concat(await ask.toArray())
      const got = await fetch(server.base + path, { method: ask.method, headers, body, redirect: 'manual' })
      const sent = this.edition(path, Buffer.from(await got.arrayBuffer()))
      const kept = [...got.headers].filter(
        ([k]) => !['content-length', 'content-encoding', 'transfer-encoding', 'connection'].includes(k),
      )
      answer.writeHead(got.status, Object.fromEntries(kept))
      answer.end(sent)
    } catch {
      answer.destroy()
    }
  }

  private edition(path: string, body: Buffer): Buffer {
    if (this.version === 1) return body
    const mark = `<meta name="edition" content="${this.version}" />`
    if (path.startsWith('/tablet-sw.js')) {
      return Buffer.from(body.toString().replace(/(url:"\/tablet",revision:")/, `$1edition-${this.version}-`))
    }
    return path.startsWith('/tablet') ? Buffer.from(body.toString().replace('<title>', `${mark}<title>`)) : body
  }
}
