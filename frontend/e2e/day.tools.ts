/** A host's day: its contest as a package, the people of it, tablets that mark faster than hands, and papers that come
 * back from the scanner. */
import { inflateSync } from 'node:zlib'
import { expect, type Browser, type Page } from '@playwright/test'
import { signIn, zip } from './console.tools'
import { paper, png } from './paper.tools'
import type { Server } from './server'

const text = (zh: string, en: string) => ({ zh, en })

/** Steps are marked at the seats by two, dishes under work codes by three. */
const scheme = {
  format: 'jiangtai.scheme/1',
  name: text('中式烹调师实操', 'Chinese cook, practical'),
  panels: [
    { id: 'steps', name: text('操作组', 'Steps'), chairs: 2, policy: { kind: 'mean' } },
    { id: 'dishes', name: text('成品组', 'Dishes'), chairs: 3, policy: { kind: 'mean', least: 2 } },
  ],
  total: '100',
  ranking: { ties: 'decision' },
  prizes: {
    ties: 'decide',
    list: [
      { id: 'first', name: text('一等奖', 'First prize'), number: 2 },
      { id: 'second', name: text('二等奖', 'Second prize'), number: 4 },
      { id: 'third', name: text('三等奖', 'Third prize'), number: 6 },
    ],
  },
  components: [
    {
      id: 'practical',
      name: text('实操', 'Practical'),
      criteria: [
        {
          id: 'steps',
          name: text('操作过程', 'Steps'),
          identity: 'seat',
          subs: [
            {
              id: 'bench',
              name: text('操作', 'Bench'),
              aspects: [
                { id: 'safe', name: text('安全着装', 'Safety'), kind: 'yes_no', panel: 'steps', max: '10' },
                {
                  id: 'skill',
                  name: text('刀工', 'Knife'),
                  kind: 'panel',
                  panel: 'steps',
                  max: '20',
                  step: '0.5',
                  spread: '4',
                },
              ],
            },
          ],
        },
        {
          id: 'dish',
          name: text('成品', 'Dish'),
          identity: 'coded',
          subs: [
            {
              id: 'plate',
              name: text('菜品', 'Plate'),
              aspects: [
                {
                  id: 'shape',
                  name: text('造型', 'Shape'),
                  kind: 'panel',
                  panel: 'dishes',
                  max: '40',
                  step: '0.5',
                  spread: '6',
                },
                { id: 'taste', name: text('口味', 'Taste'), kind: 'panel', panel: 'dishes', max: '30', step: '0.5' },
              ],
            },
          ],
        },
      ],
    },
  ],
}

const surnames = '梁周何单童商晏盛仇解乔曾查江石祝温倪费康'
const given = ['志远', '文静']

/** Forty invented people, by entry number. */
export const people = Array.from({ length: 40 }, (_, i) => ({
  no: String(i + 1).padStart(3, '0'),
  name: `${surnames[i % 20]}${given[Math.floor(i / 20)]}`,
}))

export const judges = [
  { panel: 'steps', seat: 1, name: '江一看' },
  { panel: 'steps', seat: 2, name: '江二看' },
  { panel: 'dishes', seat: 1, name: '江三品' },
  { panel: 'dishes', seat: 2, name: '江四品' },
  { panel: 'dishes', seat: 3, name: '江五品' },
]

/** The whole contest: real, so that its event owes the full chain. */
function packageOf(): Buffer {
  const lines = (...rows: string[]) => `${rows.join('\n')}\n`
  const files: Record<string, string> = {
    'contest.json': JSON.stringify({
      code: 'river-city-day',
      name: '江城市职工职业技能大赛（虚构）',
      kind: 'real',
      organiser: '江城市总工会（虚构）',
    }),
    'events.csv': lines(
      'code,trade,trade_en,hall,host,depth,scheme',
      'cook,中式烹调师,Chinese cook,三号馆,school,tablet,cook',
    ),
    'schemes/cook.json': JSON.stringify(scheme),
    'hosts.csv': lines('code,name', 'school,江城商贸技师学院（虚构）'),
    'units.csv': lines(
      'code,name,short',
      'hotel,江城饭店有限公司（虚构）,江城饭店',
      'rail,江城铁路餐饮公司（虚构）,江城铁餐',
    ),
    'entries.csv': lines(
      'event,entry_no,name,unit',
      ...people.map((p, i) => `cook,${p.no},${p.name},${i % 2 ? 'rail' : 'hotel'}`),
    ),
    'judges.csv': lines(
      'event,panel,seat,judge,chief',
      ...judges.map((j) => `cook,${j.panel},${j.seat},${j.name},false`),
    ),
  }
  return zip(Object.entries(files).map(([name, body]) => ({ name, body: Buffer.from(body) })))
}

export interface Person {
  user: string
  password: string
  token: string
}

/** Who the day needs beside the judges, and what each may do in the event. */
const offices = {
  office: ['组委会办公室', 'organiser'],
  host: ['承办单位', 'host'],
  chief: ['裁判长', 'chief_judge'],
  clerk: ['记分员', 'clerk'],
  seats: ['加密甲', 'coding_judge'],
  codes: ['加密乙', 'coding_judge'],
  watch: ['监督员', 'supervisor'],
} as const
export type Office = keyof typeof offices

export interface Day {
  event: string
  people: Record<Office, Person>
}

/** The contest on a fresh server: package, accounts with passwords of their own, and the event's filing. */
export async function begin(server: Server): Promise<Day> {
  const { contest } = await server.call<{ contest: { id: string } }>(
    'POST',
    '/api/v1/packages',
    new Uint8Array(packageOf()),
  )
  const list = await server.call<{ events: { id: string }[] }>('GET', `/api/v1/contests/${contest.id}/events`)
  const event = list.events[0]?.id ?? ''
  const made = {} as Record<Office, Person>
  for (const [user, [name, role]] of Object.entries(offices)) {
    const whole = role === 'organiser' || role === 'supervisor'
    const grant = { role, contest: contest.id, ...(whole ? {} : { event }) }
    const { password: first } = await server.call<{ password: string }>('POST', '/api/v1/accounts', {
      user,
      name,
      grants: [grant],
    })
    const { token: once } = await server.call<{ token: string }>(
      'POST',
      '/api/v1/sessions',
      { user, password: first },
      '',
    )
    const password = `lantern-${user}-2026`
    await server.call('PUT', '/api/v1/accounts/current/password', { old: first, new: password }, once)
    const { token } = await server.call<{ token: string }>('POST', '/api/v1/sessions', { user, password }, '')
    made[user as Office] = { user, password, token }
  }
  await file(server, event, made)
  return { event, people: made }
}

/** The host applies, the office files: what the signed list will be reported to. */
async function file(server: Server, event: string, who: Record<Office, Person>): Promise<void> {
  const path = `/api/v1/events/${event}/filing`
  const change = { version: 0, class: 'city-1', month: 5, budget: 60_000 }
  await server.call('PATCH', path, change, who.host.token)
  const sent = await fetch(`${server.base}/api/v1/plan/files?event=${event}&kind=technical&name=technical.pdf`, {
    method: 'POST',
    headers: {
      'X-Jiangtai': '1',
      Authorization: `Bearer ${who.host.token}`,
      'Content-Type': 'application/octet-stream',
    },
    body: '%PDF-1.7 invented',
  })
  expect(sent.ok, await sent.text()).toBe(true)
  await server.call('POST', `${path}/acts`, { act: 'apply', version: 1 }, who.host.token)
  const due = { version: 2, listed: true, return_by: '2030-06-30', reason: '列入计划' }
  await server.call('PATCH', path, due, who.office.token)
  await server.call('POST', `${path}/acts`, { act: 'file', version: 3, number: '' }, who.office.token)
}

/** Where a printed paper is read. */
export const paperFile = /\/documents\/\d+\/file\.pdf$/

/** A console of somebody's own, signed in: people do not share a browser. */
export async function desk(browser: Browser, server: Server, who: Person): Promise<Page> {
  const room = await browser.newContext({
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 800 },
  })
  // A paper that is printed opens beside the page. Its bytes are read by printed(); the browser's own reader of PDF files,
  // which starts a process of its own and takes seconds on a busy machine, is nothing of ours.
  await room.route(paperFile, (route) => route.fulfill({ contentType: 'text/plain', body: 'a paper' }))
  const page = await room.newPage()
  await signIn(page, server, who.user, who.password)
  await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
  return page
}

export interface Mark {
  work: string
  aspect: string
  value: string
  round?: number
  text?: string
}

/** A judge's tablet without its page: it counts its marks as the page does, and knows which it has replaced. */
export class Tablet {
  private seq = 0
  private readonly given = new Map<string, string>()

  private constructor(
    private readonly server: Server,
    private readonly event: string,
    readonly chair: number,
    private readonly token: string,
  ) {}

  /** Pairs with a code as it is printed. */
  static async pair(server: Server, code: string): Promise<Tablet> {
    const at = await server.call<{ token: string; event: { id: string }; chair: { number: number } }>(
      'POST',
      '/api/v1/pairings',
      { code },
      '',
    )
    return new Tablet(server, at.event.id, at.chair.number, at.token)
  }

  /** Sends marks; those of a cell that has one replace it. 200 counts, 202 came too late. */
  async give(list: readonly Mark[], status = 200): Promise<void> {
    const marks = list.map((m) => {
      const cell = `${m.work} ${m.aspect} ${m.round ?? 1}`
      const supersedes = this.given.get(cell)
      const mark_id = crypto.randomUUID()
      this.given.set(cell, mark_id)
      this.seq++
      return {
        ...m,
        mark_id,
        event: this.event,
        chair: this.chair,
        version: 1,
        device_seq: this.seq,
        ...(supersedes ? { supersedes } : {}),
      }
    })
    const { results } = await this.server.call<{ results: { status: number; problem?: unknown }[] }>(
      'POST',
      '/api/v1/marks',
      { marks },
      this.token,
    )
    expect(results.filter((r) => r.status !== status)).toEqual([])
  }

  /** Asks for its bundle, as each does every half minute, and says how many marks it could not send. */
  async says(pending: number): Promise<void> {
    const answer = await fetch(`${this.server.base}/api/v1/tablet/bundle`, {
      headers: { Authorization: `Bearer ${this.token}`, 'X-Jiangtai-Pending': String(pending) },
    })
    expect(answer.status).toBe(200)
  }
}

/** What a scanner makes of a printed page: all that its first page fills with ink, at 150 dots an inch. */
export function scanned(pdf: Buffer): Buffer {
  const dots = 150 / 72
  const [width, height] = [1240, 1754]
  const page = paper(width, height)
  for (const [, x = 0, y = 0, w = 0, h = 0] of boxes(pdf)) {
    // PDF counts from below, and fpdf draws rectangles downwards.
    const left = Math.round(Math.min(x, x + w) * dots)
    const right = Math.round(Math.max(x, x + w) * dots)
    const top = Math.round(height - Math.max(y, y + h) * dots)
    const end = Math.round(height - Math.min(y, y + h) * dots)
    for (let row = Math.max(0, top); row < Math.min(height, end); row++)
      page.fill(0, row * (width + 1) + 1 + left, row * (width + 1) + 1 + right)
  }
  return png(width, height, page)
}

function boxes(pdf: Buffer): number[][] {
  const found: number[][] = []
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    const end = pdf.indexOf('\nendstream', at)
    let body: string
    try {
      body = inflateSync(pdf.subarray(at + 7, end)).toString('latin1')
    } catch {
      continue // the end of a stream, or one that is no text
    }
    const all = [...body.matchAll(/(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) re f\b/g)]
    if (all.length) return all.map((m) => m.map(Number))
  }
  return found
}

/** The faults that were planted, and those that were met: each once. */
export class Faults {
  private readonly met: string[] = []
  readonly planted = new Set<string>()

  plant(...kinds: string[]): void {
    for (const kind of kinds) {
      if (this.planted.has(kind)) throw new Error(`planted twice: ${kind}`)
      this.planted.add(kind)
    }
  }

  /** One fault was found on a page and put right through it. */
  meet(kind: string): void {
    if (!this.planted.has(kind) || this.met.includes(kind)) throw new Error(`not planted, or met twice: ${kind}`)
    this.met.push(kind)
  }

  get left(): string[] {
    return [...this.planted].filter((kind) => !this.met.includes(kind))
  }
}
