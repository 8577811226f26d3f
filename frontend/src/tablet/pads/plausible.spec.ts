import { describe, expect, it } from 'vitest'
import type { Pad } from '../bundle'
import { doubtOf } from './plausible'

const pad = (p: Partial<Pad>): Pad => ({
  id: 'x',
  code: 'A1.1',
  name: '余高',
  kind: 'limits',
  required: true,
  places: 6,
  ...p,
})

const weld = pad({ bands: [{ lo: '0', hi: '2', mark: '2' }], min: '0', high: '800', step: '0.1', places: 1 })
const bore = pad({ bands: [{ lo: '17.97', hi: '18.03', mark: '5' }], min: '0' })
const graded = pad({ kind: 'graded', min: '0', bands: [{ hi: '1' }, { hi: '2' }, { hi: '3' }] })
const press = pad({ bands: [{ lo: '4.8', mark: '4' }], min: '0', high: '1000' })

describe('a value is asked about', () => {
  it.each([
    ['where a decimal point is missing', weld, '16', { code: 'point', instead: '1.6', hint: '0–2' }],
    ['where two places are', bore, '1801', { code: 'point', instead: '18.01', hint: '17.97–18.03' }],
    ['where the point slipped', bore, '180.1', { code: 'point', instead: '18.01', hint: '17.97–18.03' }],
    ['where a digit is wrong', bore, '13.02', { code: 'far', hint: '17.97–18.03' }],
    ['where nothing was measured', bore, '0', { code: 'far', hint: '17.97–18.03' }],
    ['far above all bands', graded, '77', { code: 'far', hint: '0–3' }],
    ['ten times a lower limit', press, '49', { code: 'far', hint: '≥ 4.8' }],
    ['a tenth of it', press, '0.48', { code: 'far', hint: '≥ 4.8' }],
  ])('%s', (_, of, value, doubt) => expect(doubtOf(of, value)).toEqual(doubt))

  it('not for work that is only bad', () => {
    for (const value of ['0', '2', '2.1', '4', '6']) expect(doubtOf(weld, value)).toBeNull()
    for (const value of ['17.8', '18.5', '19.8', '16.2']) expect(doubtOf(bore, value)).toBeNull()
    for (const value of ['0', '3.01', '9']) expect(doubtOf(graded, value)).toBeNull()
    for (const value of ['4', '5', '10', '0.5']) expect(doubtOf(press, value)).toBeNull()
  })

  it('and never for what the rule refuses anyway, or an answer of a few', () => {
    expect(doubtOf(weld, '16.55')).toBeNull()
    expect(doubtOf(weld, 'x')).toBeNull()
    const level = pad({
      kind: 'judgement',
      options: [0, 1].map((v) => ({ value: `${v}`, label: `${v}`, mark: `${v}` })),
    })
    expect(doubtOf(level, '1')).toBeNull()
  })
})

describe('counts', () => {
  const counted = pad({ kind: 'counted', per: '0.5', max: '2', min: '0' })
  it('asks when twice as many as take everything are counted', () => {
    expect(doubtOf(counted, '7')).toBeNull()
    expect(doubtOf(counted, '8')).toEqual({ code: 'many', hint: '4' })
    expect(doubtOf(pad({ kind: 'counted', per: '2', max: '2', min: '0' }), '3')).toBeNull()
  })
})

describe('times', () => {
  const time = pad({ kind: 'time', max: '5', unit: 's', min: '0', linear: { limit: '5400', best: '3600' } })
  it.each([
    ['5400', null],
    ['10800', null],
    ['10801', { code: 'far', hint: '3600–5400' }],
    ['900', null],
    ['899', { code: 'far', hint: '3600–5400' }],
  ])('%s s', (value, doubt) => expect(doubtOf(time, value)).toEqual(doubt))
})

describe('several numbers', () => {
  const three = pad({ kind: 'graded', min: '0', bands: [{ hi: '3' }], readings: { count: 3, take: 'max' } })
  const range = pad({ kind: 'graded', min: '0', bands: [{ hi: '0.1' }], readings: { count: 2, take: 'range' } })
  it('asks about a reading unlike its neighbours', () => {
    expect(doubtOf(three, '1.6;2.3;1.9')).toBeNull()
    expect(doubtOf(three, '1.6;23;1.9')).toEqual({ code: 'reading', hint: '23' })
    expect(doubtOf(three, '0;1.6;1.9')).toBeNull()
  })
  it('does not hold readings against the bands of their difference', () => {
    expect(doubtOf(range, '25.1;25.2')).toBeNull()
    expect(doubtOf(range, '25.1;251')).toEqual({ code: 'reading', hint: '251' })
  })
  it('holds each input against its own column', () => {
    const table = pad({
      kind: 'table',
      min: '0',
      inputs: [
        { id: 'depth', name: '深度' },
        { id: 'length', name: '长度' },
      ],
      rows: [
        { when: [{ hi: '0.5' }, { hi: '15' }], mark: '14' },
        { when: [{ hi: '0.5' }, { hi: '30' }], mark: '8' },
      ],
    })
    expect(doubtOf(table, '0.4;31')).toBeNull()
    expect(doubtOf(table, '4;12')).toEqual({ code: 'far', hint: '0–0.5' })
    expect(doubtOf(table, '0.4;300')).toEqual({ code: 'far', hint: '0–30' })
  })
})

describe('what makes void', () => {
  it('is asked about, whatever pad says it', () => {
    const gate = pad({
      kind: 'gate',
      options: [
        { value: '0', label: 'none', mark: '0' },
        { value: '1', label: 'found', mark: '0' },
      ],
    })
    expect(doubtOf(gate, '0')).toBeNull()
    expect(doubtOf(gate, '1')?.code).toBe('void')
    const rules = pad({
      kind: 'penalty',
      items: [
        { id: 'late', name: '超时', amount: '2', counted: true },
        { id: 'fire', name: '动火', counted: true, voids: 'entry' },
      ],
    })
    expect(doubtOf(rules, 'late=2')).toBeNull()
    expect(doubtOf(rules, 'late=2;fire=1')?.code).toBe('void')
  })
})

describe('a number without a span', () => {
  const free = pad({ kind: 'relative', min: '0' })
  it('is held against the judge’s own other values, of two at least', () => {
    expect(doubtOf(free, '400')).toBeNull()
    expect(doubtOf(free, '400', ['38'])).toBeNull()
    expect(doubtOf(free, '400', ['38', '40'])).toEqual({ code: 'unlike', hint: '38–40' })
    expect(doubtOf(free, '3.8', ['38', '40'])).toEqual({ code: 'unlike', hint: '38–40' })
    expect(doubtOf(free, '64', ['38', '40'])).toBeNull()
  })
})
