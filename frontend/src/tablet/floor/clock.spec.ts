import { describe, expect, it } from 'vitest'
import vectors from '../../../../schemas/clock-vectors.json'
import type { ClockEvent, ClockSession } from '../bundle'
import type { Item } from '../outbox/store'
import { clockOf, clockText, isExact, mayBe, nearOf, netOf, stillOf } from './clock'

const T = Date.UTC(2026, 9, 20, 1, 0)

/** What this tablet recorded: seconds after T, and the word. */
function given(...all: [number, string, Partial<Item>?][]): Item[] {
  return all.map(([at, value, more], i) => ({
    mark_id: `m${i + 1}`,
    work: '7',
    aspect: 'B',
    attempt: 1,
    round: 1,
    kind: 'clock',
    value,
    event: 'e',
    chair: 1,
    version: 1,
    supersedes: null,
    device: 'mine',
    device_seq: i + 1,
    client_at: T + Math.round(at * 1000),
    order: i + 1,
    state: 'pending',
    tries: 0,
    ...more,
  })) as Item[]
}

const at = (seconds: number) => T + seconds * 1000

/** The server's word; its clock is an hour ahead of this tablet's. */
const AHEAD = 3_600_000
function told(events: Partial<ClockEvent>[], more: Partial<ClockSession> = {}): ClockSession {
  const all = events.map((e): ClockEvent => ({
    mark_id: 'x',
    value: 'start',
    at: 0,
    client_at: 0,
    chair: 1,
    own: false,
    ...e,
  }))
  return {
    work: '7',
    criterion: 'B',
    state: 'waiting',
    added: 0,
    net: 0,
    violations: 0,
    signed: '',
    newest: all[all.length - 1]?.mark_id ?? '',
    by: 1,
    events: all,
    ...more,
  }
}

describe('net time', () => {
  it('is what was worked: pauses are not in it, added time is not, a begun second does not count', () => {
    const c = clockOf(
      undefined,
      given([0, 'start'], [600, 'pause equipment'], [900.4, 'resume'], [901, 'add 300'], [1500.39, 'hand_in']),
    )
    expect(c).toMatchObject({ state: 'handed_in', added: 300, violations: 0 })
    expect(netOf(c, at(9999))).toBe(600 + 599)
  })

  it('runs while the clock runs and stands while it stands', () => {
    const running = clockOf(undefined, given([0, 'start']))
    expect([netOf(running, at(0.999)), netOf(running, at(1)), netOf(running, at(61.5))]).toEqual([0, 1, 61])
    const paused = clockOf(undefined, given([0, 'start'], [10, 'pause injury']))
    expect(paused.since?.argument).toBe('injury')
    expect([netOf(paused, at(500)), stillOf(paused, at(500))]).toEqual([10, 490])
    expect(stillOf(running, at(500))).toBe(0)
  })

  it('is never negative, even if the clock was set back by another page', () => {
    expect(netOf(clockOf(undefined, given([0, 'start'])), at(-50))).toBe(0)
    expect(netOf(clockOf(undefined, given([0, 'start'], [-5, 'pause rule'])), at(0))).toBe(0)
  })

  it('is none where nobody started the clock', () => {
    const c = clockOf(undefined, given([0, 'hand_in']))
    expect([c.state, netOf(c, at(100)), c.startedAt]).toEqual(['handed_in', 0, null])
  })
})

describe('what fits', () => {
  it.each([
    ['waiting', [], ['start', 'add', 'hand_in', 'no_work', 'absent', 'violation']],
    ['running', ['start'], ['pause', 'add', 'hand_in', 'no_work', 'violation', 'undo']],
    ['paused', ['start', 'pause other'], ['resume', 'add', 'hand_in', 'no_work', 'violation', 'undo']],
    ['handed_in', ['start', 'hand_in'], ['violation', 'signed', 'refused', 'undo']],
    ['no_work', ['no_work'], ['violation', 'signed', 'refused', 'undo']],
    ['absent', ['absent'], ['undo']],
    ['handed_in', ['start', 'hand_in', 'signed'], ['undo']],
  ])('%s after %j', (state, words, fits) => {
    const c = clockOf(undefined, given(...words.map((w, i): [number, string] => [i, w])))
    const all = ['start', 'pause', 'resume', 'add', 'hand_in', 'no_work', 'absent', 'violation', 'signed', 'refused']
    expect(c.state).toBe(state)
    expect([...all, 'undo'].filter((w) => mayBe(c, w))).toEqual(fits)
  })

  it('is what counts: a word out of order changes nothing', () => {
    const c = clockOf(undefined, given([0, 'start'], [5, 'start'], [9, 'resume'], [10, 'hand_in'], [20, 'pause other']))
    expect([c.state, netOf(c, at(99)), c.newest]).toEqual(['handed_in', 10, 'm4'])
  })
})

describe('undo', () => {
  it('takes the newest back, and the one before it after that', () => {
    const words: [number, string, Partial<Item>?][] = [
      [0, 'start'],
      [100, 'pause material'],
      [200, 'undo', { supersedes: 'm2' }],
    ]
    const running = clockOf(undefined, given(...words))
    expect([running.state, netOf(running, at(300)), running.newest]).toEqual(['running', 300, 'm1'])
    const waiting = clockOf(undefined, given(...words, [210, 'undo', { supersedes: 'm1' }]))
    expect([waiting.state, netOf(waiting, at(300)), waiting.newest, waiting.events]).toEqual(['waiting', 0, '', []])
  })

  it('of a hand-in lets the clock run on as if it had never stopped', () => {
    const c = clockOf(
      undefined,
      given(
        [0, 'start'],
        [60, 'hand_in'],
        [61, 'signed'],
        [70, 'undo', { supersedes: 'm3' }],
        [71, 'undo', { supersedes: 'm2' }],
      ),
    )
    expect([c.state, c.signed, netOf(c, at(80))]).toEqual(['running', '', 80])
  })
})

describe('what came back', () => {
  it('does not count, nor does what came after the lock', () => {
    const c = clockOf(
      undefined,
      given([0, 'start'], [10, 'hand_in', { state: 'returned' }], [20, 'hand_in', { state: 'accepted', late: true }]),
    )
    expect([c.state, netOf(c, at(30))]).toEqual(['running', 30])
  })
})

describe('the server and this tablet', () => {
  const start = { mark_id: 'm1', value: 'start', at: at(2) + AHEAD, client_at: at(0), own: true }

  it('agree about records of this device by the clock of this device', () => {
    const items = given([0, 'start', { state: 'accepted', covered: true }], [60, 'pause rule'])
    const c = clockOf(told([start], { state: 'running' }), items, AHEAD)
    expect([c.state, netOf(c, at(100)), c.events.map((e) => e.mark_id)]).toEqual(['paused', 60, ['m1', 'm2']])
  })

  it('a record whose receipt was lost is not counted twice', () => {
    const items = given([0, 'start'], [1, 'violation', { text: 'x' }])
    const there = [start, { mark_id: 'm2', value: 'violation', at: at(3) + AHEAD, client_at: at(1), own: true }]
    expect(clockOf(told(there), items, AHEAD)).toMatchObject({ violations: 1, newest: 'm2' })
  })

  it('what was taken back on the server stays taken back', () => {
    const settled = { state: 'accepted', covered: true } as const
    const items = given(
      [0, 'start', settled],
      [1, 'pause other', settled],
      [2, 'undo', { ...settled, supersedes: 'm2' }],
    )
    const c = clockOf(told([start], { state: 'running' }), items, AHEAD)
    expect([c.state, c.newest]).toEqual(['running', 'm1'])
  })

  it('a clock that another device started runs by the server, and is not exact', () => {
    const other = told([{ mark_id: 'o1', value: 'start', at: at(30) + AHEAD, client_at: 99, own: false }])
    const running = clockOf(other, [], AHEAD)
    expect([running.state, netOf(running, at(90)), isExact(running)]).toEqual(['running', 60, false])
    const known = clockOf({ ...other, net_ms: 1_500 }, given([90, 'hand_in']), AHEAD)
    expect(known.worked, 'what the server says was worked, and what came after').toBe(61_500)
    const handed = clockOf(other, given([90, 'hand_in']), AHEAD)
    expect([handed.state, netOf(handed, at(500))]).toEqual(['handed_in', 60])
    const mine = clockOf(
      told([{ mark_id: 'o1', value: 'start', at: at(30), own: false }]),
      given([40, 'pause rule'], [50, 'resume']),
    )
    expect([netOf(mine, at(60)), isExact(mine)]).toEqual([20, true])
  })

  it('an undo of another device’s record leaves what stood before it', () => {
    const other = told([
      { mark_id: 'o1', value: 'start', at: at(0) },
      { mark_id: 'o2', value: 'pause equipment', at: at(10) },
    ])
    const c = clockOf(other, given([20, 'undo', { supersedes: 'o2' }]))
    expect([c.state, netOf(c, at(30)), c.newest]).toEqual(['running', 30, 'o1'])
  })

  it('two devices’ records lie apart by the server’s times', () => {
    const both = told([
      { mark_id: 'o1', value: 'start', at: at(0), client_at: 7 },
      { mark_id: 'm1', value: 'hand_in', at: at(61.9), client_at: at(99999), own: true },
    ])
    expect(netOf(clockOf(both, []), at(0))).toBe(61)
    expect([clockOf(both, []).foreign, clockOf(undefined, given([0, 'start'], [9, 'hand_in'])).foreign]).toEqual([
      true,
      false,
    ])
  })
})

describe('the engine’s vectors', () => {
  it.each(vectors.map((v) => [v.name, v] as const))('%s', (_, { events, want }) => {
    const items = events.map((e, i) => ({
      ...given([0, e.value])[0],
      ...{ mark_id: e.mark_id, client_at: e.at, device_seq: i + 1 },
      // A word that does not fit comes back.
      ...{ supersedes: 'supersedes' in e ? e.supersedes : null, state: e.fits ? 'accepted' : 'returned' },
    })) as Item[]
    const c = clockOf(undefined, items)
    const { state, added, violations, signed, newest, worked } = c
    expect({ state, added, violations, signed, newest, net_ms: worked }).toEqual({
      ...{ state: want.state, added: want.added, violations: want.violations, signed: want.signed },
      ...{ newest: want.newest, net_ms: want.net_ms },
    })
    const at = (mark: string | undefined) => {
      const e = events.find((e) => e.mark_id === mark)
      return e ? e.client_at || e.at : 0
    }
    expect(at(c.since?.mark_id)).toBe(want.since)
    expect(at(c.events.find((e) => e.word === 'start')?.mark_id)).toBe(want.started_at)
  })

  it.each(vectors.map((v) => [v.name, v] as const))('%s: a word that comes back is one that does not fit', (_, v) => {
    const items: Item[] = []
    for (const e of v.events) {
      const word = e.value.split(' ')[0] ?? ''
      const newest = clockOf(undefined, items).newest
      const isNamed = word !== 'undo' || ('supersedes' in e && e.supersedes === newest)
      expect(mayBe(clockOf(undefined, items), word) && isNamed, e.value).toBe(e.fits)
      const supersedes = 'supersedes' in e ? e.supersedes : null
      if (e.fits) items.push({ ...given([0, e.value])[0], mark_id: e.mark_id, supersedes } as Item)
    }
  })
})

describe('words of time', () => {
  it('show hours, minutes and seconds', () => {
    expect([0, 59, 60, 3599, 3600, 36_610].map(clockText)).toEqual([
      '0:00:00',
      '0:00:59',
      '0:01:00',
      '0:59:59',
      '1:00:00',
      '10:10:10',
    ])
  })

  it('say how near the end is', () => {
    expect([901, 900, 301, 300, 1, 0, -5].map(nearOf)).toEqual(['far', 'near', 'near', 'soon', 'soon', 'over', 'over'])
  })
})
