import { describe, expect, it } from 'vitest'
import { feed, head, row } from './example'
import type { Feed } from './frames'
import { moved, MOVE_STANDS, rise, type Moves } from './moves'

const ranked = (...order: string[]): Feed => feed({ rows: order.map((k, i) => row(i + 1, { k })) })
const none: Moves = new Map()

describe('升 and 降', () => {
  it('say how many places a row won or lost', () => {
    const moves = moved(none, ranked('A', 'B', 'C'), ranked('C', 'A', 'B'), 0)
    expect(['A', 'B', 'C'].map((k, i) => rise(moves, k, [2, 3, 1][i], 1))).toEqual([-1, -1, 2])
  })

  it('stand for sixty seconds and not longer', () => {
    const moves = moved(none, ranked('A', 'B'), ranked('B', 'A'), 1000)
    expect(rise(moves, 'B', 1, 1000 + MOVE_STANDS - 1)).toBe(1)
    expect(rise(moves, 'B', 1, 1000 + MOVE_STANDS)).toBe(0)
  })

  it('add up while they stand, and cancel', () => {
    const up = moved(none, ranked('A', 'B', 'C'), ranked('C', 'A', 'B'), 0)
    const down = moved(up, ranked('C', 'A', 'B'), ranked('A', 'C', 'B'), 30_000)
    expect(rise(down, 'C', 2, 30_001)).toBe(1)
    expect(rise(down, 'A', 1, 30_001)).toBe(0)
  })

  it('are forgotten when their minute is over', () => {
    const first = moved(none, ranked('A', 'B'), ranked('B', 'A'), 0)
    expect(moved(first, ranked('B', 'A'), ranked('B', 'A'), MOVE_STANDS).size).toBe(0)
  })

  it.each([
    { name: 'a first state', was: null, now: ranked('B', 'A') },
    { name: 'a sealed event', was: ranked('A', 'B'), now: { ...ranked('B', 'A'), head: head({ sealed: true }) } },
    { name: 'another history', was: ranked('A', 'B'), now: { ...ranked('B', 'A'), epoch: 2 } },
  ])('are not said of $name', ({ was, now }) => {
    expect(moved(none, was, now, 0).size).toBe(0)
  })

  it('are not said of a row that was not ranked before, or is no more', () => {
    const was = feed({ rows: [row(1), row(2, { rank: undefined })] })
    const now = feed({ rows: [row(1, { k: 'A002' }), row(2, { k: 'A001', rank: undefined })] })
    expect(moved(none, was, now, 0).size).toBe(0)
  })
})
