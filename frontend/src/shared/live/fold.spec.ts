import { describe, expect, it } from 'vitest'
import { frame, row, snapshot } from './example'
import { take } from './fold'
import type { Feed, Frame } from './frames'

function fold(...frames: Frame[]): Feed {
  let feed: Feed | null = null
  for (const f of frames) {
    const taken = take(feed, f)
    if (typeof taken !== 'string') feed = taken
  }
  return feed!
}

const names = (feed: Feed) => feed.rows.map((r) => `${r.pos}${r.k}`).join(' ')

describe('a feed is folded from frames', () => {
  it('begins with a snapshot and follows the rows that moved', () => {
    const feed = fold(snapshot(), frame(10, 11, [row(1, { k: 'A002' }), row(2, { k: 'A001' })]))
    expect(feed.n).toBe(11)
    expect(names(feed)).toBe('1A002 2A001 3A003')
    expect(feed.at).toBe(1e12 + 11_000)
  })

  it('lets rows leave that a frame says are gone, and no others', () => {
    expect(names(fold(snapshot(), frame(10, 11, [], { gone: ['A002'] })))).toBe('1A001 3A003')
  })

  it('changes only the keys of the head that came', () => {
    const { head } = fold(snapshot(), frame(10, 11, [], { head: { done: 21 } }))
    expect(head.done).toBe(21)
    expect(head.event.trade).toBe('焊接')
  })

  it.each<{ name: string; next: Frame; want: 'old' | 'gap' | number }>([
    { name: 'a duplicate', next: frame(9, 10), want: 'old' },
    { name: 'an older snapshot', next: snapshot({ to: 9 }), want: 'old' },
    { name: 'the same snapshot again, with a name corrected', next: snapshot(), want: 10 },
    { name: 'a newer snapshot', next: snapshot({ to: 15 }), want: 15 },
    { name: 'a frame that joins some we have with some we lack', next: frame(8, 12), want: 12 },
    { name: 'a frame after one that was lost', next: frame(11, 12), want: 'gap' },
    { name: 'a frame of another history', next: frame(10, 11, [], { epoch: 2 }), want: 'gap' },
    { name: 'a snapshot of another history with a smaller n', next: snapshot({ epoch: 2, to: 3 }), want: 3 },
  ])('$name', ({ next, want }) => {
    const taken = take(fold(snapshot()), next)
    expect(typeof taken === 'string' ? taken : taken.n).toBe(want)
  })

  it('is a gap when nothing came before', () => {
    expect(take(null, frame(0, 1))).toBe('gap')
  })

  it('leaves what it was given as it was', () => {
    const before = fold(snapshot())
    const copy = structuredClone(before)
    take(before, frame(10, 11, [row(1, { total: '99.00' })], { gone: ['A003'], head: { done: 27 } }))
    expect(before).toEqual(copy)
  })

  it('comes to the same whatever was lost, doubled or swapped, once what is missing was asked for', () => {
    let seed = 7
    const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647
    for (let run = 0; run < 200; run++) {
      const server = [snapshot({ to: 0 })]
      for (let n = 1; n <= 30; n++) {
        const k = `A00${1 + Math.floor(random() * 3)}`
        server.push(frame(n - 1, n, [row(1 + Math.floor(random() * 9), { k, total: `${n}.00` })]))
      }
      const want = fold(...server)
      let mine: Feed = fold(server[0]!)
      const wire = server.slice(1).flatMap((f) => (random() < 0.1 ? [] : random() < 0.1 ? [f, f] : [f]))
      for (let i = 1; i < wire.length; i++) if (random() < 0.1) [wire[i - 1], wire[i]] = [wire[i]!, wire[i - 1]!]
      for (const f of [...wire, frame(30, 31)]) {
        const taken = take(mine, f)
        if (taken === 'gap') mine = fold({ ...snapshot(), to: mine.n, rows: mine.rows }, ...server.slice(mine.n + 1))
        else if (taken !== 'old') mine = taken
      }
      expect(mine.rows).toEqual(want.rows)
    }
  })
})
