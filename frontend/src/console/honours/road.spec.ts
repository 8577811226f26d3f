import { describe, expect, it } from 'vitest'
import { after, lies, moves, reached, stopsOf, waitsFor } from './road'
import type { Nomination, Sequence } from './wire'

const sequence = {
  steps: [
    { id: 'recommend', kind: 'vote', role: 'unit_union', name: '民主推荐', name_en: 'Vote' },
    { id: 'second_review', kind: 'ballot', role: 'committee', name: '复审', name_en: 'Ballot' },
    { id: 'confer', kind: 'conferring', role: 'union_office', name: '表彰', name_en: 'Confer' },
  ],
} as unknown as Sequence
const at = (step: string, state: Nomination['state'] = 'active') => ({ step, state }) as Nomination

describe('the road', () => {
  it('counts who stands at each stop, and nobody who is out', () => {
    const list = [at('draft', 'returned'), at('recommend'), at('recommend', 'withdrawn'), at('done', 'conferred')]
    expect(stopsOf(sequence, list).map((s) => [s.id, s.here])).toEqual([
      ['draft', 1],
      ['recommend', 1],
      ['second_review', 0],
      ['confer', 0],
      ['done', 1],
    ])
  })
  it('lies behind, here and ahead', () => {
    expect(['draft', 'recommend', 'done'].map((s) => lies(sequence, s, 'recommend'))).toEqual([
      'behind',
      'here',
      'ahead',
    ])
    expect([after(sequence, 'draft'), after(sequence, 'confer'), after(sequence, 'done')]).toEqual([
      'recommend',
      'done',
      'done',
    ])
  })
  it('waits for the roles of the step', () => {
    expect(waitsFor(sequence, at('draft'))).toEqual(['unit_union'])
    expect(waitsFor(sequence, at('second_review'))).toEqual(['committee', 'union_office'])
    expect(waitsFor(sequence, at('confer', 'vetoed'))).toEqual([])
    expect(moves(at('draft', 'returned'))).toBe(true)
  })
  it('weighs votes exactly', () => {
    expect(reached('2/3', 2, 3)).toBe(true)
    expect(reached('2/3', 66, 100)).toBe(false)
    expect(reached('85/100', 17, 20)).toBe(true)
    expect(reached('2/3', 0, 0)).toBe(false)
  })
})
