import { describe, expect, it } from 'vitest'
import { extend, isEmpty, isSigned, MOST, pathOf, readStrokes, writeStrokes, type Point, type Strokes } from './strokes'

const signature: Strokes = {
  width: 600,
  height: 240,
  lines: [
    [
      { x: 10, y: 20, t: 0 },
      { x: 40, y: 22, t: 16 },
      { x: 200, y: 90, t: 33 },
    ],
    [{ x: 300, y: 120, t: 410 }],
  ],
}

/** A scribble of so many points, a curve that never stands still. */
function scribble(strokes: number, points: number): Strokes {
  const lines = Array.from({ length: strokes }, (_, s) =>
    Array.from({ length: points }, (_, i): Point => {
      const a = (s * points + i) / 9
      return {
        x: Math.round(300 + 280 * Math.sin(a)),
        y: Math.round(120 + 110 * Math.cos(a * 1.3)),
        t: (s * points + i) * 16,
      }
    }),
  )
  return { width: 600, height: 240, lines }
}

describe('strokes as text', () => {
  it('are the size, then stroke by stroke their points', () => {
    expect(writeStrokes(signature)).toBe('600 240;10,20,0 40,22,16 200,90,33;300,120,410')
  })

  it('read what was written', () => {
    expect(readStrokes(writeStrokes(signature))).toEqual(signature)
    expect(readStrokes('600 240')).toEqual({ width: 600, height: 240, lines: [] })
  })

  it('leave out a stroke without a point', () => {
    expect(writeStrokes({ ...signature, lines: [[], ...signature.lines] })).toBe(writeStrokes(signature))
  })

  it.each([
    '',
    'x',
    '600',
    '0 240',
    '600 99999',
    '600 240;',
    '600 240;1,2',
    '600 240;1,2,3;',
    '600 240;1,2,3  4,5,6',
    '600 240;601,2,3',
    '600 240;1,241,3',
    '600 240;1,2,9999999',
    '600 240;-1,2,3',
    '600 240;1.5,2,3',
    '600 240;<b>,2,3',
    `600 240;${'1,2,3 '.repeat(4000)}1,2,3`,
  ])('%.40s… is none', (text) => expect(readStrokes(text)).toBeNull())

  it('are thinned until they fit, and keep the ends of every stroke', () => {
    const long = scribble(12, 700)
    const text = writeStrokes(long)
    expect(text.length).toBeLessThanOrEqual(MOST)
    expect(text.length).toBeGreaterThan(MOST / 3)
    const back = readStrokes(text)
    expect(back?.lines.map((l) => [l[0], l[l.length - 1]])).toEqual(long.lines.map((l) => [l[0], l[l.length - 1]]))
  })

  it('fit even where nobody could have written so much', () => {
    const text = writeStrokes(scribble(3000, 3))
    expect(text.length).toBeLessThanOrEqual(MOST)
    expect(readStrokes(text)?.lines.length).toBeGreaterThan(300)
  })
})

describe('a line that is drawn', () => {
  it('takes points on that lie apart, whole and inside of the pad', () => {
    const line: Point[] = []
    expect(extend(line, { x: 10.4, y: 3.6, t: 0 }, 100, 50)).toBe(true)
    expect(extend(line, { x: 11, y: 4, t: 5 }, 100, 50)).toBe(false)
    expect(extend(line, { x: 140, y: -9, t: 20.7 }, 100, 50)).toBe(true)
    expect(line).toEqual([
      { x: 10, y: 4, t: 0 },
      { x: 100, y: 0, t: 21 },
    ])
  })

  it('is a path; a dot too', () => {
    expect(pathOf(signature.lines[0] ?? [])).toBe('M10 20L40 22L200 90')
    expect(pathOf(signature.lines[1] ?? [])).toBe('M300 120L300 120')
    expect(pathOf([])).toBe('')
  })
})

describe('a signature', () => {
  it('is more than a dot', () => {
    expect(isSigned(signature)).toBe(true)
    expect(isSigned({ ...signature, lines: signature.lines.slice(1) })).toBe(false)
    expect(isSigned({ ...signature, lines: [] })).toBe(false)
    expect(isEmpty({ ...signature, lines: [[]] })).toBe(true)
    expect(isEmpty(signature)).toBe(false)
  })
})
