import { describe, expect, it } from 'vitest'
import { cellKey, type Bundle, type OwnMark, type Pad, type Sheet } from '../bundle'
import { cellsOf } from '../cells'
import type { Item } from '../outbox/store'
import { after } from './clock'
import { dueOf, leftOf, limitOf, marksAt, penaltiesOf, seatsOf, withdrawnWith, type Seat } from './floor'
import { floorSheets } from './sheets'

const T = 1_000_000_000_000

const pad = (p: Partial<Pad> & Pick<Pad, 'id' | 'kind'>): Pad => ({ code: p.id, name: p.id, required: true, ...p })
const sheet = (id: string, identity: 'open' | 'seat' | 'coded', aspects: Pad[]) => ({
  criterion: { id, name: id, code: id, identity },
  subs: [{ id: `${id}1`, name: id, code: `${id}1`, aspects }],
})
const time = pad({ id: 'time', kind: 'time', min: '0', linear: { limit: '5400', best: '3600' }, max: '5' })
const rules = pad({ id: 'rules', kind: 'penalty', items: [{ id: 'late', name: 'late', counted: true, amount: '1' }] })

function bundle(more: Partial<Bundle> = {}): Bundle {
  return {
    event: { id: 'e', trade: 't', version: 1, phase: 'running', kind: 'real' },
    chair: { number: 1, panel: 'looks', seat: 1, judge: 'j', chief: false },
    sheets: [
      sheet('A', 'seat', [time, rules]),
      sheet('B', 'seat', [pad({ id: 'ppe', kind: 'yes_no' })]),
      sheet('C', 'coded', [{ ...time, id: 'other' }]),
    ],
    works: [
      { work: '07', identity: 'seat', criteria: ['A', 'B'], status: 'competing' },
      { work: '08', identity: 'seat', criteria: ['B'], status: 'competing' },
      { work: '07', identity: 'coded', criteria: ['C'], status: 'competing' },
      { work: '09', identity: 'seat', criteria: ['A'], status: 'dns' },
    ],
    marks: [],
    finished: [],
    ...more,
  }
}

function clocks(...all: [number, string, Partial<Item>?][]): Item[] {
  return all.map(([at, value, more], i) => ({
    ...{ mark_id: `m${i}`, work: '07', aspect: 'A', attempt: 1, round: 1, kind: 'clock', value, event: 'e', chair: 1 },
    ...{ version: 1, supersedes: null, device: 'd', device_seq: i + 1, client_at: T + at * 1000, state: 'pending' },
    tries: 0,
    ...more,
  })) as Item[]
}

const first = (b: Bundle, items: Item[]): Seat => seatsOf(b, b.sheets[0] as Sheet, items, 0)[0] as Seat
const none = new Map()

describe('the floor', () => {
  it('has the modules in sight that are timed; a floor panel has all that are in sight', () => {
    const ids = (b: Bundle) => floorSheets(b).map((s) => s.criterion.id)
    expect(ids(bundle())).toEqual(['A'])
    expect(ids(bundle({ chair: { ...bundle().chair, panel: 'floor' } }))).toEqual(['A', 'B'])
    expect(ids(bundle({ chair: { ...bundle().chair, panel_name: '现场裁判组' } }))).toEqual(['A', 'B'])
  })

  it('has a seat for each work of the module, under the module’s own label', () => {
    const b = bundle()
    const items = [...clocks([0, 'start']), ...clocks([0, 'start', { aspect: 'B', mark_id: 'x' }])]
    const seats = seatsOf(b, b.sheets[0] as Sheet, items, 0)
    expect(seats.map((s) => [s.key, s.clock.state, s.waits, s.competes])).toEqual([
      ['seat/07', 'running', 1, true],
      ['seat/09', 'waiting', 0, false],
    ])
  })

  it('tells the record that came back, until it is laid aside', () => {
    const back = clocks([0, 'start'], [1, 'pause rule', { state: 'returned' }])
    expect(first(bundle(), back).returned?.value).toBe('pause rule')
    expect(first(bundle(), [{ ...(back[1] as Item), dismissed: true }]).returned).toBeNull()
  })

  it('finds the penalty pads of a seat in all its modules', () => {
    expect(penaltiesOf(bundle(), first(bundle(), [])).map((p) => p.id)).toEqual(['rules'])
  })
})

describe('the limit', () => {
  it.each([
    ['linear', { linear: { limit: '5400.9', best: '1' } }, 5400],
    [
      'bands',
      {
        bands: [
          { hi: '3600', mark: '5' },
          { hi: '4500', mark: '3' },
        ],
      },
      4500,
    ],
    ['what is accepted', { high: '7200' }, 7200],
    ['none', {}, null],
  ])('by %s', (_, more, limit) => {
    expect(limitOf(sheet('A', 'seat', [pad({ id: 't', kind: 'time', ...more })]))).toBe(limit)
  })

  it('moves with what was added and stands still in a pause', () => {
    const { clock } = first(bundle(), clocks([0, 'start'], [100, 'pause other'], [160, 'add 300']))
    expect(leftOf(5400, clock, T + 999_000)).toBe(5400 + 300 - 100)
  })
})

describe('marks of time', () => {
  const b = bundle()
  const started = first(b, clocks([0, 'start']))
  const marked = (value: string, kind: OwnMark['kind'] = 'mark') =>
    cellsOf(
      { ...b, marks: [{ work: '07', aspect: 'time', attempt: 1, round: 1, value, kind, mark_id: 'k', seq: 1 }] },
      [],
    )
  const place = { work: '07', aspect: 'time', attempt: 1, round: 1 }

  it('are given with the hand-in, in whole net seconds', () => {
    const then = after(started.clock, 'hand_in', T + 3_750_999)
    expect(marksAt(started, then, none, none)).toEqual([{ place, kind: 'mark', value: '3750' }])
  })

  it('are not given where they stand already', () => {
    const then = after(started.clock, 'hand_in', T + 3_750_999)
    expect(marksAt(started, then, marked('3750'), none)).toEqual([])
    expect(marksAt(started, then, marked('3749'), none)).toHaveLength(1)
  })

  it('are “not performed” where there is no work', () => {
    const then = after(started.clock, 'no_work', T + 9_000)
    expect(marksAt(started, then, none, none)).toEqual([{ place, kind: 'not_performed', value: '' }])
  })

  it('are not given for other words, nor where nobody started the clock', () => {
    expect(marksAt(started, after(started.clock, 'pause rule', T), none, none)).toEqual([])
    const waiting = first(b, [])
    expect(marksAt(waiting, after(waiting.clock, 'hand_in', T), none, none)).toEqual([])
  })

  it('wait for the server where another device started the clock', () => {
    const sessions = [
      {
        ...{ work: '07', criterion: 'A', state: 'running', added: 0, net: 0, violations: 0, signed: '', newest: 'o' },
        ...{ by: 2, events: [{ mark_id: 'o', value: 'start', at: T, client_at: 5, chair: 2, own: false }] },
      },
    ] as Bundle['sessions']
    const seat = first(bundle({ sessions }), [])
    const then = after(seat.clock, 'hand_in', T + 60_000)
    expect(marksAt(seat, then, none, none)).toEqual([])
    expect(dueOf(seat, then, none, none).marks).toEqual([{ place, kind: 'mark', value: '60' }])
  })

  it('are refused where the scheme takes no such time', () => {
    const short = bundle({ sheets: [sheet('A', 'seat', [{ ...time, high: '60' }])] })
    const seat = first(short, clocks([0, 'start'], [61, 'hand_in']))
    expect(dueOf(seat, seat.clock, none, none)).toMatchObject({ marks: [], refused: [{ id: 'time' }] })
  })

  it('go with the hand-in when it is taken back, unless they say something else by now', () => {
    const seat = first(b, clocks([0, 'start'], [60, 'hand_in']))
    expect(withdrawnWith(seat, marked('60'), none)).toEqual([{ place, kind: 'withdraw', value: '' }])
    expect(withdrawnWith(seat, marked('61'), none)).toEqual([])
    expect(withdrawnWith(seat, none, none)).toEqual([])
    expect(withdrawnWith(started, marked('60'), none)).toEqual([])
    const signed = first(b, clocks([0, 'start'], [60, 'hand_in'], [61, 'signed']))
    expect(withdrawnWith(signed, marked('60'), none), 'only the signature is taken back').toEqual([])
  })

  it('stand in the cell of the first attempt', () => {
    expect(cellKey(place)).toBe('07\ntime\n1\n1')
  })
})
