import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { feed, TOPIC } from '@/shared/live/example'
import { DEAD, healthOf, LATE } from './health'
import { merged } from './merge'
import { nextOf, PAGE, pageAt, pagesOf, pagesWithin, ROWS, turn } from './pages'
import { linkOf, planOf } from './plan'
import { MARGIN, outline, widthOf } from './qr'
import { STUCK, Watch } from './watch'
import { titleSize } from './words'

describe('the silence of a feed', () => {
  it.each([
    [0, 'good'],
    [LATE - 1, 'good'],
    [LATE, 'late'],
    [DEAD - 1, 'late'],
    [DEAD, 'dead'],
    [3_600_000, 'dead'],
  ])('of %i ms is %s', (silence, want) => expect(healthOf(silence)).toBe(want))
})

describe('pages', () => {
  it('hold whole rows', () => {
    expect([0, 1, ROWS, ROWS + 1, 200].map(pagesOf)).toEqual([1, 1, 1, 2, 23])
  })

  it('follow each other every twelve seconds and begin again', () => {
    expect([0, PAGE - 1, PAGE, 3 * PAGE - 1, 3 * PAGE].map((t) => pageAt(t, 3))).toEqual([0, 0, 1, 2, 0])
  })

  it('are never cut short by the next event', () => {
    expect([5, 12, 20, 25].map(pagesWithin)).toEqual([1, 1, 2, 3])
    expect(turn(2, 20)).toBe(24_000)
    expect(turn(1, 20)).toBe(20_000)
    expect(turn(2, 300)).toBe(300_000)
  })

  it('come from one event after another', () => {
    expect(nextOf(['a', 'b', 'c'], 'a')).toBe('b')
    expect(nextOf(['a', 'b', 'c'], 'c')).toBe('a')
    expect(nextOf(['a', 'b'], 'gone')).toBe('a')
    expect(nextOf([], 'a')).toBe('')
  })
})

describe('the plan of a wall', () => {
  it('is read from its address', () => {
    expect(planOf('https://hall.test/screen?contest=c1&seconds=30')).toEqual({
      event: '',
      contest: 'c1',
      seconds: 30,
      scenes: ['persons', 'teams'],
      board: 'https://hall.test',
    })
  })

  it.each(['', 'x', '0', '-3', '1e9'])('takes twenty seconds for %j', (text) => {
    expect(planOf(`https://hall.test/screen?seconds=${text}`).seconds).toBe(20)
  })

  it('sends telephones to the public address where one is named', () => {
    expect(planOf('http://10.0.0.5:8080/screen?board=https://jt.example/').board).toBe('https://jt.example')
    expect(planOf('http://10.0.0.5:8080/screen?board=javascript:alert(1)').board).toBe('http://10.0.0.5:8080')
    expect(linkOf('https://jt.example', 'e1')).toBe('https://jt.example/?e=e1')
  })
})

describe('the QR code', () => {
  const code = outline('https://hall.test/?e=e0000000-0000-4000-8000-000000000000')

  it('has a margin of four modules that nothing is drawn in', () => {
    const xs = [...code.d.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((hit) => hit.slice(1).map(Number))
    expect(Math.min(...xs.map(([x]) => x!))).toBe(MARGIN)
    expect(Math.min(...xs.map(([, y]) => y!))).toBe(MARGIN)
    expect(Math.max(...xs.map(([x, , run]) => x! + run!))).toBe(code.size - MARGIN)
    expect(Math.max(...xs.map(([, y]) => y! + 1))).toBe(code.size - MARGIN)
  })

  it.each([29, 33, 37, 41, 45, 61])('of %i modules has whole pixels and enough of them at 1080 lines', (size) => {
    const pixels = widthOf(size) * 10
    expect(pixels).toBeGreaterThanOrEqual(260)
    expect(pixels % size).toBe(0)
  })
})

describe('merging', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('paints at once, then once in 400 ms, and the last word is never lost', () => {
    const paint = vi.fn()
    const { ask } = merged(paint, 400)
    for (let t = 0; t < 2000; t += 50) {
      ask()
      vi.advanceTimersByTime(50)
    }
    vi.advanceTimersByTime(1000)
    expect(paint).toHaveBeenCalledTimes(6)
    ask()
    expect(paint).toHaveBeenCalledTimes(7)
  })

  it('stops', () => {
    const paint = vi.fn()
    const { ask, stop } = merged(paint, 400)
    ask()
    ask()
    stop()
    vi.advanceTimersByTime(1000)
    expect(paint).toHaveBeenCalledTimes(1)
  })
})

describe('the watchdog', () => {
  it('says once that a page does not paint, and again when it stops again', () => {
    const watch = new Watch()
    watch.hear('painted', 0)
    expect(watch.isStuck(STUCK)).toBe(false)
    expect(watch.isStuck(STUCK + 1)).toBe(true)
    expect(watch.isStuck(STUCK + 500)).toBe(false)
    watch.hear('painted', 9000)
    expect(watch.isStuck(9000 + STUCK + 1)).toBe(true)
  })

  it('lets a hidden page rest, and does not watch before the first painting', () => {
    const watch = new Watch()
    expect(watch.isStuck(60_000)).toBe(false)
    watch.hear('painted', 60_000)
    watch.hear('rest', 60_001)
    expect(watch.isStuck(600_000)).toBe(false)
  })
})

describe('the last good board', () => {
  beforeEach(() => {
    localStorage.clear()
    vi.resetModules()
  })
  const kept = { topic: TOPIC, feed: feed(), at: 1e12 }

  it('is kept, not more often than every two seconds', async () => {
    const { keepLast, lastGood } = await import('./lastGood')
    keepLast(kept, 10_000)
    keepLast({ ...kept, at: 2e12 }, 11_000)
    expect(lastGood()).toEqual(kept)
    keepLast({ ...kept, at: 2e12 }, 12_000)
    expect(lastGood()?.at).toBe(2e12)
  })

  it.each(['rubbish', '{}', '{"feed":{}}', 'null'])('is none when the store holds %s', async (text) => {
    const { lastGood } = await import('./lastGood')
    localStorage.setItem('jiangtai.screen.last', text)
    expect(lastGood()).toBeNull()
  })
})

describe('the name of a trade', () => {
  it.each(['焊接', '工业机器人系统操作员', 'Electrical installation', 'Industrial robot operation'])(
    '%s stands whole',
    (text) => {
      const em = [...text].reduce((sum, sign) => sum + (sign < '\u2e80' ? 0.62 : 1.05), 0)
      expect(titleSize(text) * em).toBeLessThanOrEqual(74.1)
      expect(titleSize(text)).toBeGreaterThanOrEqual(4)
    },
  )
})
