import { describe, expect, it } from 'vitest'
import { row } from '@/shared/live/example'
import { matches, shared } from './rows'

describe('the search within an event', () => {
  const someone = row(1, { k: 'JC-018', name: '单雄信', unit: '东湖汽车', py: 'sxx shanxiongxin' })
  it.each([
    ['', true],
    ['  ', true],
    ['雄信', true],
    ['东湖', true],
    ['jc-018', true],
    ['SXX', true],
    ['shanxiong', true],
    ['danxiong', false],
    ['江城', false],
  ])('%j: %s', (q, want) => expect(matches(someone, q)).toBe(want))

  it('does not stumble over a row without a name', () => {
    expect(matches({ k: '417A', pos: 1, done: 0, need: 3 }, 'lzy')).toBe(false)
  })
})

describe('shared ranks', () => {
  it('are those that stand more than once; no rank is not one', () => {
    const rows = [
      row(1),
      row(2),
      row(3, { rank: 2 }),
      row(4, { rank: 4 }),
      row(5, { rank: undefined }),
      row(6, { rank: 0 }),
    ]
    expect([...shared(rows)]).toEqual([2])
  })
})
