import { take } from './fold'
import type { Feed, Frame } from './frames'

/** opening: not yet heard; live: the socket speaks; lost: it does not, and standings are asked for now and then. */
export type Link = 'opening' | 'live' | 'lost'

export interface Wiring {
  open: () => WebSocket
  /** The standings as a snapshot; "same" when they are what we have, "missing" when there are none for us, null when
   * nobody answered. */
  poll: (topic: string) => Promise<Frame | 'same' | 'missing' | null>
  /** Something is different: link, feeds, heard. */
  changed: () => void
  /** May refuse what a good frame leads to; the feed then stays as it is and is asked for anew. */
  accept?: (next: Feed, now: Feed | null, frame: Frame) => boolean
}

const SILENT = 5000 // the server beats every second
const POLL = 4000
const FIRST_POLL = 1500
const ASK_AGAIN = 2000

/** Milliseconds until the next try: at least 0.5 s, spread over ever more, at most 8 s. */
export function delay(tries: number, random: number): number {
  return 500 + random * (Math.min(8000, 1000 * 2 ** tries) - 500)
}

/** A change says `t` for topic and epoch, and `from` only where it is not the number before `to`. */
interface Message extends Partial<Frame> {
  t?: number
  beat?: number
  n?: Record<string, number>
  error?: { code: string; topic?: string }
}

/** Follows topics over one socket, and over HTTP while there is none. */
export class LiveClient {
  link: Link = 'opening'
  /** When the server was last heard, by our clock; 0: never. */
  heard = 0
  /** The server's clock less ours, in milliseconds. */
  skew = 0
  readonly feeds = new Map<string, Feed | null>()
  readonly missing = new Set<string>()

  private socket?: WebSocket
  private tries = 0
  /** What the socket's numbers stand for. */
  private names: Record<number, Pick<Frame, 'topic' | 'epoch'>> = {}
  private asked = new Map<string, number>()
  private polled = Date.now() + FIRST_POLL - POLL
  private again?: ReturnType<typeof setTimeout>
  private readonly clock = setInterval(() => this.tick(), 500)

  constructor(private readonly wiring: Wiring) {
    this.connect()
  }

  /** Begins to follow a topic, from what was kept of it if anything was. */
  follow(topic: string, kept: Feed | null = null): void {
    this.feeds.set(topic, kept)
    this.asked.delete(topic)
    this.ask([topic])
  }

  leave(topic: string): void {
    this.feeds.delete(topic)
    this.missing.delete(topic)
    this.asked.delete(topic)
    this.say({ unsubscribe: [topic] })
  }

  /** Tries at once: the page is seen again, the network is back. */
  wake(): void {
    if (this.link !== 'live') this.connect()
  }

  close(): void {
    clearInterval(this.clock)
    this.drop()
    clearTimeout(this.again)
  }

  private connect(): void {
    this.drop()
    clearTimeout(this.again)
    const socket = this.wiring.open()
    this.socket = socket
    const since = Date.now()
    this.again = setTimeout(() => this.lose(), 10_000) // a handshake that nobody answers
    socket.onopen = () => {
      clearTimeout(this.again)
      this.names = {}
      this.asked.clear()
      this.ask([...this.feeds.keys()])
    }
    socket.onmessage = ({ data }) => this.hear(String(data))
    socket.onclose = ({ code }) => {
      if (Date.now() - since > 30_000) this.tries = 0
      this.lose(code === 1012 ? 3 : undefined) // everybody comes back from a restart: spread over all of it
    }
  }

  private drop(): void {
    const socket = this.socket
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
    this.socket = undefined
  }

  private lose(tries = this.tries++): void {
    this.drop()
    this.link = 'lost'
    clearTimeout(this.again)
    this.again = setTimeout(() => this.connect(), delay(tries, Math.random()))
    this.wiring.changed()
  }

  private hear(text: string): void {
    const message = JSON.parse(text) as Message
    const { t = 0, topic, epoch = 0, to = 0, rows } = message
    this.heard = Date.now()
    this.link = 'live'
    if (message.error?.topic) this.missing.add(message.error.topic)
    else if (message.beat) {
      this.tries = 0
      this.skew = message.beat - this.heard
      for (const [topic, n] of Object.entries(message.n ?? {})) {
        const feed = this.feeds.get(topic)
        if (feed && feed.n !== n) this.ask([topic])
      }
    } else {
      if (topic) this.names[t] = { topic, epoch }
      if (rows) this.receive({ from: to - 1, ...this.names[t], ...message } as Frame)
    }
    this.wiring.changed()
  }

  private receive(frame: Frame): void {
    const { topic } = frame
    const feed = this.feeds.get(topic)
    if (feed === undefined) return // no longer followed
    const taken = take(feed, frame)
    if (taken === 'old') return
    if (taken === 'gap' || this.wiring.accept?.(taken, feed, frame) === false) return this.ask([topic])
    this.missing.delete(topic)
    this.feeds.set(topic, taken)
  }

  /** Says where we are; the server sends what follows, or a snapshot. Not more often than it can answer. */
  private ask(topics: string[]): void {
    const now = Date.now()
    const due = topics.filter((t) => now - (this.asked.get(t) ?? 0) >= ASK_AGAIN)
    if (!due.length) return
    const from: Record<string, { epoch: number; n: number }> = {}
    for (const topic of due) {
      const feed = this.feeds.get(topic)
      from[topic] = { epoch: feed?.epoch ?? 0, n: feed?.n ?? 0 }
      this.asked.set(topic, now)
    }
    this.say({ subscribe: due, from })
  }

  private say(message: unknown): void {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(message))
  }

  private tick(): void {
    const now = Date.now()
    if (this.link === 'live' && now - this.heard > SILENT) this.lose()
    if (this.link === 'live' || now - this.polled < POLL) return
    this.polled = now
    for (const topic of this.feeds.keys()) void this.poll(topic)
  }

  private async poll(topic: string): Promise<void> {
    const frame = await this.wiring.poll(topic)
    if (!frame || this.link === 'live' || !this.feeds.has(topic)) return
    this.heard = Date.now()
    if (frame === 'missing') this.missing.add(topic)
    else if (frame !== 'same') this.receive(frame)
    this.wiring.changed()
  }
}
