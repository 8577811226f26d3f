import { describe, expect, it } from 'vitest'
import { counted, narrowed, type Wanted } from './narrow'
import type { FilingState, PlanLine } from './wire'

function line(code: string, trade: string, host: string, state: FilingState, klass = ''): PlanLine {
  return {
    event: { code, trade, contest: code < 'c' ? 'one' : 'two', host_name: host, trade_en: '', title: '', title_en: '' },
    filing: { state, class: klass, number: state === 'filed' ? '2026-007' : '' },
  } as PlanLine
}

const lines = [
  line('a', '焊工', '港务学院', 'filed', 'city-1'),
  line('b', '车工', '江城技校', 'planned'),
  line('c', '厨师', '港务学院', 'planned', 'city-1'),
]
const any: Wanted = { q: '', contest: '', class: '', state: '' }
const codes = (w: Partial<Wanted>) => narrowed(lines, { ...any, ...w }).map((l) => l.event.code)

describe('the plan', () => {
  it('is narrowed by each filter and by all at once', () => {
    expect(codes({})).toEqual(['a', 'b', 'c'])
    expect(codes({ q: '港务' })).toEqual(['a', 'c'])
    expect(codes({ q: '港务 厨' })).toEqual(['c'])
    expect(codes({ q: '2026-007' })).toEqual(['a'])
    expect(codes({ contest: 'one' })).toEqual(['a', 'b'])
    expect(codes({ class: 'city-1', state: 'planned' })).toEqual(['c'])
    expect(codes({ class: 'city-2' })).toEqual([])
  })
  it('counts states in the order of the way', () => {
    expect(counted(lines, ['planned', 'applied', 'filed'])).toEqual([
      { state: 'planned', n: 2 },
      { state: 'filed', n: 1 },
    ])
  })
})
