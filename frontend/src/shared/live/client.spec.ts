import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { delay, LiveClient, type Wiring } from './client'
import { row, snapshot as standings, TOPIC } from './example'
import type { Frame, Row } from './frames'

class Wire {
  readyState = 0
  sent: { subscribe?: string[]; from?: Record<string, { epoch: number; n: number }> }[] = []
  onopen: (() => void) | null = null
  onmessage: ((e: { data: string }) => void) | null = null
  onclose: ((e: { code: number }) => void) | null = null
  send(text: string) {
    this.sent.push(JSON.parse(text) as Wire['sent'][0])
  }
  close() {
    this.readyState = 3
  }
  answer() {
    this.readyState = 1
    this.onopen?.()
  }
  say(message: unknown) {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
  beat(n: number) {
    this.say({ beat: Date.now(), n: { [TOPIC]: n } })
  }
  fall(code = 1006) {
    this.readyState = 3
    this.onclose?.({ code })
  }
}

const T = 7
/** What the socket says, by the number that it gave the topic; polls know none. */
const snapshot = (more: Partial<Frame> = {}) => ({ t: T, ...standings(more) })
const change = (to: number, rows: Row[] = [], more: object = {}) => ({ t: T, to, ts: 1e12 + to * 1000, rows, ...more })

let wires: Wire[]
let client: LiveClient
let polled: ReturnType<typeof vi.fn<Wiring['poll']>>
const changed = vi.fn()
const last = () => wires[wires.length - 1]!
const n = () => client.feeds.get(TOPIC)?.n

function begin(accept?: Wiring['accept']) {
  wires = []
  polled = vi.fn<Wiring['poll']>(() => Promise.resolve(null))
  client = new LiveClient({
    open() {
      wires.push(new Wire())
      return last() as unknown as WebSocket
    },
    poll: polled,
    changed,
    accept,
  })
  client.follow(TOPIC)
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 })
  begin()
})
afterEach(() => {
  client.close()
  vi.useRealTimers()
})

describe('the live client', () => {
  it('subscribes when the socket opens and takes the snapshot and what follows', () => {
    expect(client.link).toBe('opening')
    last().answer()
    expect(last().sent).toEqual([{ subscribe: [TOPIC], from: { [TOPIC]: { epoch: 0, n: 0 } } }])
    last().say(snapshot())
    last().say(change(11, [row(1, { total: '99.00' })]))
    expect(client.link).toBe('live')
    expect(client.feeds.get(TOPIC)?.rows[0]?.total).toBe('99.00')
  })

  it('asks for what it misses after a gap, once, and goes on', () => {
    last().answer()
    last().say(snapshot())
    vi.advanceTimersByTime(3000)
    last().say(change(13))
    last().say(change(14))
    expect(last().sent.slice(1)).toEqual([{ subscribe: [TOPIC], from: { [TOPIC]: { epoch: 1, n: 10 } } }])
    last().say(change(14, [], { from: 10 }))
    expect(n()).toBe(14)
  })

  it('notices by the beat that it lags behind', () => {
    last().answer()
    last().say(snapshot())
    vi.advanceTimersByTime(3000)
    last().beat(10)
    expect(last().sent).toHaveLength(1)
    last().beat(11)
    expect(last().sent).toHaveLength(2)
  })

  it('resumes where it was after the socket is lost', () => {
    last().answer()
    last().say(snapshot())
    last().fall()
    expect(client.link).toBe('lost')
    vi.advanceTimersByTime(8000)
    expect(wires).toHaveLength(2)
    last().answer()
    expect(last().sent[0]?.from).toEqual({ [TOPIC]: { epoch: 1, n: 10 } })
    expect(n()).toBe(10)
  })

  it('learns the number of a topic anew on every socket, with its epoch', () => {
    last().answer()
    last().say(snapshot())
    last().fall()
    vi.advanceTimersByTime(8000)
    last().answer()
    last().say(change(11)) // of the socket before, or of another topic
    expect(n()).toBe(10)
    last().say({ topic: TOPIC, epoch: 1, t: 9 })
    last().say(change(12, [], { t: 9, from: 10 }))
    last().say(change(13, [row(2, { total: '98.00' })], { t: 9 }))
    expect(n()).toBe(13)
    expect(client.feeds.get(TOPIC)?.rows[1]?.total).toBe('98.00')
    last().say({ topic: TOPIC, epoch: 2, t: 9 })
    last().say(change(14, [], { t: 9 }))
    expect(n()).toBe(13)
  })

  it('takes a silent socket for a lost one', () => {
    last().answer()
    last().say(snapshot())
    for (let s = 0; s < 20; s++) {
      vi.advanceTimersByTime(1000)
      last().beat(10)
    }
    expect(client.link).toBe('live')
    vi.advanceTimersByTime(5600)
    expect(client.link).toBe('lost')
    expect(wires[0]!.readyState).toBe(3)
  })

  it('gives up a handshake that nobody answers', () => {
    vi.advanceTimersByTime(10_000)
    expect(client.link).toBe('lost')
    vi.advanceTimersByTime(1000)
    expect(wires).toHaveLength(2)
  })

  it('polls the standings while there is no socket, and stops when there is one', async () => {
    polled.mockResolvedValue(standings({ to: 12 }))
    await vi.advanceTimersByTimeAsync(2000)
    expect(polled).toHaveBeenCalledTimes(1)
    expect(n()).toBe(12)
    expect(client.link).toBe('opening')
    last().answer()
    expect(last().sent[0]?.from).toEqual({ [TOPIC]: { epoch: 1, n: 12 } })
    for (let s = 0; s < 9; s++) {
      last().beat(12)
      await vi.advanceTimersByTimeAsync(1000)
    }
    expect(polled).toHaveBeenCalledTimes(1)
  })

  it('does not go back to an older poll once the socket speaks again', async () => {
    let answer: (f: Frame) => void = () => undefined
    polled.mockReturnValue(new Promise((done) => (answer = done)))
    await vi.advanceTimersByTimeAsync(2000)
    last().answer()
    last().say(snapshot({ epoch: 2, to: 3 }))
    answer(standings({ epoch: 1, to: 99 }))
    await vi.advanceTimersByTimeAsync(0)
    expect(client.feeds.get(TOPIC)?.epoch).toBe(2)
  })

  it('says what is missing, until it is there', () => {
    last().answer()
    last().say({ error: { code: 'live.missing', topic: TOPIC } })
    expect(client.missing.has(TOPIC)).toBe(true)
    last().say(snapshot())
    expect(client.missing.has(TOPIC)).toBe(false)
  })

  it('keeps what it has when a snapshot is refused, and asks anew', () => {
    client.close()
    begin((next) => next.rows.length > 0)
    last().answer()
    last().say(snapshot())
    vi.advanceTimersByTime(3000)
    last().say(snapshot({ to: 11, rows: [] }))
    expect(n()).toBe(10)
    expect(last().sent).toHaveLength(2)
  })

  it('takes nothing for a topic that it left', () => {
    last().answer()
    client.leave(TOPIC)
    last().say(snapshot())
    expect(client.feeds.size).toBe(0)
  })

  it('knows by how much the clocks differ', () => {
    last().answer()
    last().say({ beat: Date.now() + 4000, n: {} })
    expect(client.skew).toBe(4000)
  })
})

describe('the time until the next try', () => {
  it('lies between half a second and eight, and grows', () => {
    for (let tries = 0; tries < 20; tries++) {
      expect(delay(tries, 0)).toBe(500)
      expect(delay(tries, 1)).toBe(Math.min(8000, 1000 * 2 ** tries))
    }
  })

  it('is spread over all of it after a restart of the server', () => {
    vi.spyOn(Math, 'random').mockReturnValue(1)
    last().answer()
    last().fall(1012)
    vi.advanceTimersByTime(7900)
    expect(wires).toHaveLength(1)
    vi.advanceTimersByTime(200)
    expect(wires).toHaveLength(2)
  })
})
