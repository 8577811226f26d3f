import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page, Route, WebSocketRoute } from '@playwright/test'
import type { Frame, Head, Row } from '../src/shared/live/frames'

// The server as boards and walls meet it: for what a real one does not do on request, such as falling silent or
// sending nonsense. The people and units are invented. The whole program is met in other specs.

const DIST = process.env.JIANGTAI_FIELD_DIST ?? fileURLToPath(new URL('../dist/field', import.meta.url))
export const ORIGIN = 'https://hall.test'
export const CONTEST = 'c0c0c0c0-0000-4000-8000-000000000001'

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  css: 'text/css',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
}
const people =
  '梁志远 欧阳婷 何俊杰 黄思敏 刘建国 吴文斌 谢海峰 林晓彤 邓卫东 马小军 苏丽珍 蔡国强 罗凯 陈国栋 孙雅琴 胡永亮 郑思远 冯玉兰 董浩然 萧红霞 程立新 曹慧敏 袁大勇 潘春梅'.split(
    ' ',
  )
const units =
  '江城造船厂 江城建工安装公司 江城轨道交通 东湖汽车总装车间 云岭电器 江城港务南港分公司 长河工业设备安装公司 江城职业技术学院 江城热电厂 北岭钢铁检修部'.split(
    ' ',
  )
const trades: [string, string][] = [
  ['焊接', 'Welding'],
  ['数控车工', 'CNC turning'],
  ['钳工', 'Bench fitting'],
  ['电工', 'Electrical installation'],
  ['砌筑工', 'Bricklaying'],
  ['中式烹调', 'Chinese cuisine'],
  ['养老护理员', 'Elderly care'],
  ['汽车维修工', 'Automobile repair'],
  ['茶艺师', 'Tea art'],
  ['工业机器人系统操作员', 'Industrial robot operation'],
]

export function person(i: number, more: Partial<Row> = {}): Row {
  const total = 94.6 - i * 0.85
  return {
    k: `A${String(i + 1).padStart(3, '0')}`,
    pos: i + 1,
    rank: i + 1,
    name: people[i % people.length],
    unit: units[(i * 7) % units.length],
    total: total.toFixed(2),
    parts: [(total * 0.3).toFixed(2), (total * 0.5).toFixed(2), (total * 0.2).toFixed(2)],
    done: 38,
    need: 38,
    status: 'competing',
    py: i === 13 ? 'cgd chenguodong' : '',
    ...more,
  }
}

/** A change as the socket says it: by the topic's number. */
interface Change extends Pick<Frame, 'to' | 'ts' | 'rows' | 'head' | 'gone'> {
  t: number
}

/** One event: what it shows, and who listens. */
export class Stage {
  readonly t: number
  epoch = 1
  n = 100
  at = Date.now()
  head: Head
  rows: Row[]

  constructor(
    readonly id: string,
    at: number,
    head: Partial<Head> = {},
  ) {
    this.t = at + 1
    const [trade, trade_en] = trades[at % trades.length]!
    this.rows = Array.from({ length: 24 }, (_, i) => person(i))
    this.head = {
      phase: 'running',
      frozen: false,
      sealed: false,
      release: 'live',
      entries: 24,
      done: 684,
      need: 912,
      columns: [
        { id: 'C1', name: '理论与识图', max: '30' },
        { id: 'C2', name: '试件制作', max: '50' },
        { id: 'C3', name: '职业素养', max: '20' },
      ],
      event: {
        id,
        trade,
        trade_en,
        stage: 'final',
        group: '职工组',
        hall: '一号馆',
        contest: '江城市第五届职工技能大赛',
        contest_id: CONTEST,
        kind: 'real',
      },
      ...head,
    }
  }

  get topic(): string {
    return `event/${this.id}/public`
  }

  snapshot(more: Partial<Frame> = {}): Frame {
    const { topic, epoch, n, at, head } = this
    const rows = this.rows.filter((r) => r.pos <= 200).sort((a, b) => a.pos - b.pos)
    return { topic, epoch, from: 0, to: n, ts: at, snapshot: true, head, rows, ...more }
  }

  /** One row, whatever its place; null where nobody has the number. */
  own(k: string): Frame | null {
    const row = this.rows.find((r) => r.k.toLowerCase() === k.toLowerCase())
    const topic = `event/${this.id}/entry/${row?.k}`
    return row ? { topic, epoch: this.epoch, from: 0, to: this.n, ts: this.at, snapshot: true, rows: [row] } : null
  }

  /** Changes rows and tells what moved. */
  frame(rows: Row[], head?: Partial<Head>, gone: string[] = []): Change {
    this.at = Date.now()
    for (const row of rows) this.rows = [...this.rows.filter((r) => r.k !== row.k), row]
    this.rows = this.rows.filter((r) => !gone.includes(r.k))
    Object.assign(this.head, head)
    return { t: this.t, to: ++this.n, ts: this.at, rows, head, gone }
  }

  /** Lets the row at one place rise to another. */
  rise(from: number, to: number, total: string): Change {
    const order = [...this.rows].sort((a, b) => a.pos - b.pos)
    const [riser] = order.splice(from - 1, 1)
    order.splice(to - 1, 0, { ...riser!, total })
    const moved = order.map((r, i) => ({ ...r, pos: i + 1, rank: r.rank ? i + 1 : r.rank })).slice(to - 1, from)
    return this.frame(moved)
  }
}

export const idOf = (at: number) => `e0000000-0000-4000-8000-0000000000${String(at).padStart(2, '0')}`

export class City {
  stages = new Map<string, Stage>()
  /** No answer over HTTP, no new socket. */
  down = false
  /** Sockets stay open and say nothing. */
  mute = false
  asked: unknown[] = []
  /** How many heartbeats were sent. */
  beats = 0
  private sockets = new Set<{ ws: WebSocketRoute; topics: Set<string> }>()

  constructor(events = 1, head: Partial<Head> = {}) {
    for (let i = 0; i < events; i++) {
      const stage = new Stage(idOf(i), i, structuredClone(head))
      this.stages.set(stage.topic, stage)
    }
  }

  stage(at = 0): Stage {
    return this.stages.get(`event/${idOf(at)}/public`)!
  }

  async open(where: Page | BrowserContext): Promise<void> {
    await where.route(/^https:\/\/hall\.test\//, (route) => this.answer(route))
    await where.routeWebSocket(/\/live$/, (ws) => this.meet(ws))
  }

  send(frame: Change | Frame): void {
    const of = [...this.stages.values()].find((s) => ('t' in frame ? s.t === frame.t : s.topic === frame.topic))
    if (!of || this.mute) return
    const text = JSON.stringify({ t: of.t, ...frame })
    for (const { ws, topics } of this.sockets) if (topics.has(of.topic)) ws.send(text)
  }

  /** Every socket falls. */
  async cut(): Promise<void> {
    for (const { ws } of [...this.sockets]) await ws.close({ code: 1001 })
  }

  private meet(ws: WebSocketRoute): void {
    if (this.down) return void ws.close({ code: 1001 })
    const socket = { ws, topics: new Set<string>() }
    this.sockets.add(socket)
    const beat = setInterval(() => {
      if (this.mute) return
      this.beats++
      const n = Object.fromEntries([...socket.topics].map((t) => [t, this.stages.get(t)?.n ?? 0]))
      ws.send(JSON.stringify({ beat: Date.now(), n }))
    }, 1000)
    ws.onClose(() => {
      clearInterval(beat)
      this.sockets.delete(socket)
    })
    ws.onMessage((text) =>
      this.hear(socket, JSON.parse(String(text)) as { subscribe?: string[]; unsubscribe?: string[] }),
    )
  }

  private hear(
    socket: { ws: WebSocketRoute; topics: Set<string> },
    m: { subscribe?: string[]; unsubscribe?: string[] },
  ): void {
    this.asked.push(m)
    for (const topic of m.unsubscribe ?? []) socket.topics.delete(topic)
    for (const topic of m.subscribe ?? []) {
      const [, event, , k] = topic.split('/')
      const own = k && this.stages.get(`event/${event}/public`)?.own(k)
      if (own) {
        socket.ws.send(JSON.stringify({ t: 1000, ...own }))
        continue
      }
      const stage = this.stages.get(topic)
      if (!stage) socket.ws.send(JSON.stringify({ error: { code: 'live.missing', topic } }))
      else socket.topics.add(topic)
      if (stage && !this.mute) socket.ws.send(JSON.stringify({ t: stage.t, ...stage.snapshot() }))
    }
  }

  private answer(route: Route): Promise<void> {
    const url = new URL(route.request().url())
    if (!url.pathname.startsWith('/api/')) return this.file(route, url.pathname)
    if (this.down) return route.abort('connectionrefused')
    if (url.pathname === '/api/v1/public/events') return this.json(route, this.list(url.searchParams))
    const [, , , , , event, , k] = url.pathname.split('/')
    const stage = this.stages.get(`event/${event}/public`)
    const found = k ? stage?.own(k) : stage?.snapshot()
    return found ? this.json(route, found) : this.missing(route)
  }

  private list(query: URLSearchParams): object {
    const q = query.get('q') ?? ''
    const events = [...this.stages.values()]
      .filter((s) => (s.head.event.trade ?? '').includes(q))
      .map(({ id, at, head: { event, phase, frozen, release, entries, done, need } }) => ({
        ...{ id, contest: event.contest_id, contest_name: event.contest, kind: event.kind, trade: event.trade },
        ...{ trade_en: event.trade_en, title: event.title, stage: event.stage, group: event.group, hall: event.hall },
        ...{ depth: 'tablet', phase, frozen, release, entries, done, need, updated_at: new Date(at).toISOString() },
      }))
    return { events, total: events.length }
  }

  private file(route: Route, path: string): Promise<void> {
    const name = path === '/' ? 'index.html' : path === '/screen' ? 'screen.html' : path.slice(1)
    const type = types[name.split('.').pop() ?? ''] ?? 'application/octet-stream'
    return route.fulfill({ body: readFileSync(`${DIST}/${name}`), contentType: type })
  }

  private json(route: Route, body: unknown): Promise<void> {
    return route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify(body) })
  }

  private missing(route: Route): Promise<void> {
    const body = JSON.stringify({ status: 404, code: 'live.missing', title: '没有', request_id: 'r-1' })
    return route.fulfill({ status: 404, contentType: 'application/problem+json', body })
  }
}
