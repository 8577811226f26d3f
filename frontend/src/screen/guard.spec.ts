import { describe, expect, it } from 'vitest'
import { feed, frame, head, row, snapshot } from '@/shared/live/example'
import { take } from '@/shared/live/fold'
import type { Feed, Frame, Head, Row } from '@/shared/live/frames'
import { doubt } from './guard'

const rows = (n: number, more: Partial<Row> = {}) => Array.from({ length: n }, (_, i) => row(i + 1, more))
const board = (n: number, more: Partial<Feed> = {}, words: Partial<Head> = {}): Feed =>
  feed({ rows: rows(n), head: head({ entries: 24, ...words }), ...more })
const good = board(24)

describe('what a wall lets in', () => {
  it.each<{ name: string; next: Feed; now?: Feed | null; want: string }>([
    { name: 'a board like the last', next: board(24), want: '' },
    { name: 'an empty table over a good one', next: board(0), want: 'empty' },
    { name: 'an empty table of nobody', next: board(0, {}, { entries: 0 }), want: 'empty' },
    { name: 'nothing but noughts', next: board(24, { rows: rows(24, { total: '0.00' }) }), want: 'zero' },
    { name: 'no total at all', next: board(24, { rows: rows(24, { total: undefined }) }), want: 'zero' },
    { name: 'half the people', next: board(12), want: 'fewer' },
    { name: 'half the people, and a head that agrees', next: board(12, {}, { entries: 12 }), want: 'fewer' },
    { name: 'half the people after history changed', next: board(12, { epoch: 2 }), want: 'fewer' },
    { name: 'all of them after history changed', next: board(24, { epoch: 2 }), want: '' },
    {
      name: 'an event that a restored database has not opened yet',
      next: board(0, { epoch: 2 }, { phase: 'waiting', entries: 0 }),
      want: '',
    },
    { name: 'an event that was closed to the public', next: board(0, {}, { release: 'progress' }), want: '' },
    { name: 'an event that was sealed', next: board(0, {}, { sealed: true, release: 'progress' }), want: '' },
    { name: 'a policy that shows only the first ten', next: board(10, {}, { release: 'top:10' }), want: '' },
    {
      name: 'a policy that shows places only',
      next: board(24, { rows: rows(24, { total: undefined }) }, { release: 'ranks' }),
      want: '',
    },
    { name: 'a first board', next: board(24), now: null, want: '' },
    { name: 'a first board that is empty though all should be seen', next: board(0), now: null, want: 'empty' },
    { name: 'an event that has not begun', next: board(0, {}, { phase: 'waiting' }), now: null, want: '' },
    {
      name: 'the first mark of all, a nought',
      next: board(24, { rows: rows(24, { total: '0.00' }) }),
      now: board(24, { rows: rows(24, { total: undefined }) }),
      want: '',
    },
    { name: 'more than a public topic carries', next: board(200, {}, { entries: 320 }), now: null, want: '' },
  ])('$name: $want', ({ next, now = good, want }) => {
    expect(doubt(next, now, true)).toBe(want)
  })

  it('lets somebody leave by a record', () => {
    const next = take(good, frame(10, 11, [], { gone: ['A005'] })) as Feed
    expect(next.rows).toHaveLength(23)
    expect(doubt(next, good, false)).toBe('')
    expect(doubt({ ...next, n: 12 }, next, true)).toBe('')
  })

  it('never shows one of two hundred bad snapshots, and stays where it was', () => {
    const bad: ((n: number) => Partial<Frame>)[] = [
      () => ({ rows: [] }),
      () => ({ rows: rows(24, { total: '0.00' }) }),
      (n) => ({ rows: rows(1 + (n % 23)) }),
      () => ({ to: 3, rows: rows(24, { name: '旧' }) }),
    ]
    let shown = good
    for (let n = 0; n < 200; n++) {
      const f = snapshot({ to: 11 + n, head: head({ entries: 24 }), ...bad[n % 4]!(n) })
      const taken = take(shown, f)
      if (typeof taken !== 'string' && !doubt(taken, shown, true)) shown = taken
    }
    expect(shown).toBe(good)
  })
})
