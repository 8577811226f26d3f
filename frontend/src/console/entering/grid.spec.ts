// @vitest-environment node
import { describe, expect, it } from 'vitest'
import {
  differs,
  filled,
  hint,
  next,
  queryOf,
  read,
  shown,
  toEnter,
  type Cell,
  type Pad,
  type Sheet,
  placeWords,
} from './grid'

const pad = (extra: Partial<Pad> = {}): Pad =>
  ({
    id: 'face',
    code: 'A1.1',
    name: '外观',
    kind: 'panel',
    each: true,
    required: true,
    attempts: 1,
    places: 1,
    ...extra,
  }) as Pad
const yesNo = pad({
  id: 'tight',
  kind: 'yes_no',
  options: [
    { value: '1', label: 'yes', mark: '5' },
    { value: '0', label: 'no', mark: '0' },
  ],
})
const none: Cell = { value: '', round: 1 }
const eight: Cell = { value: '8', kind: 'mark', round: 1, mark_id: 'm1' }

function sheet(rows: Cell[][], ...statuses: string[]): Sheet {
  return {
    kind: 'panel',
    chair: 2,
    criterion: 'weld',
    identity: 'coded',
    version: 3,
    phase: 'running',
    unnamed: 0,
    columns: [
      { chair: 2, attempt: 1, title: 'A1.1 外观', pad: pad() },
      { chair: 2, attempt: 1, title: 'A1.2 密封', pad: yesNo },
    ],
    rows: rows.map((cells, i) => ({ work: `00${i}K`, status: statuses[i] ?? 'competing', cells })),
  }
}

describe('what is typed', () => {
  it('is a number, also as an input method leaves it', () => {
    expect(read(pad(), ' 8.5 ')).toEqual({ kind: 'mark', value: '8.5' })
    expect(read(pad(), '８。５')).toEqual({ kind: 'mark', value: '8.5' })
    expect(read(pad(), '-0.02')).toEqual({ kind: 'mark', value: '-0.02' })
    expect(read(pad(), '')).toBeNull()
  })

  it('is not performed, which is no zero', () => {
    for (const text of ['-', '－', '未做', '缺考'])
      expect(read(pad(), text)).toEqual({ kind: 'not_performed', value: '' })
    expect(shown({ value: '', kind: 'not_performed', round: 1 })).toBe('未做')
  })

  it('is an option by its value, its word or a key', () => {
    for (const text of ['1', '是', 'yes', 'Y']) expect(read(yesNo, text)?.value).toBe('1')
    for (const text of ['0', '否', 'n']) expect(read(yesNo, text)?.value).toBe('0')
    expect(read(yesNo, '也许')?.value).toBe('也许')
  })

  it('differs from what is saved by its meaning only', () => {
    expect(differs(pad(), eight, '8.0')).toBe(false)
    expect(differs(pad(), eight, '80')).toBe(true)
    expect(differs(pad(), eight, '')).toBe(true)
    expect(differs(pad(), none, '')).toBe(false)
    expect(differs(pad(), { ...eight, value: '10' }, '1')).toBe(true)
  })
})

describe('where Enter goes', () => {
  const s = sheet(
    [
      [none, none],
      [none, none],
      [none, none],
    ],
    'competing',
    'dns',
  )

  it('goes along the line and over who does not compete', () => {
    expect(next(s, { row: 0, column: 0 }, false)).toEqual({ row: 0, column: 1 })
    expect(next(s, { row: 0, column: 1 }, false)).toEqual({ row: 2, column: 0 })
    expect(next(s, { row: 2, column: 1 }, false)).toBeNull()
    expect(next(s, { row: 2, column: 0 }, false, -1)).toEqual({ row: 0, column: 1 })
  })

  it('or down the column', () => {
    expect(next(s, { row: 0, column: 0 }, true)).toEqual({ row: 2, column: 0 })
    expect(next(s, { row: 2, column: 0 }, true)).toEqual({ row: 0, column: 1 })
    expect(next(s, { row: 0, column: 0 }, true, -1)).toBeNull()
  })
})

describe('a sheet of teams and persons', () => {
  const shut: Cell = { value: '', round: 1, closed: true }
  const s = sheet([
    [none, shut],
    [shut, eight],
  ])

  it('is walked over the cells that are open, and counts only those', () => {
    expect(next(s, { row: 0, column: 0 }, false)).toEqual({ row: 1, column: 1 })
    expect(next(s, { row: 1, column: 1 }, false, -1)).toEqual({ row: 0, column: 0 })
    expect(next(s, { row: 1, column: 1 }, false)).toBeNull()
    expect(filled(s)).toEqual({ done: 1, need: 2 })
  })
})

describe('what is sent', () => {
  it('is a first mark, a correction that names the other one, or a withdrawal', () => {
    const s = sheet([[none, eight]])
    expect(toEnter(s, { row: 0, column: 0 }, '7', 'id', '')).toEqual({
      mark_id: 'id',
      kind: 'mark',
      chair: 2,
      work: '000K',
      aspect: 'face',
      attempt: 1,
      round: 1,
      value: '7',
      version: 3,
    })
    expect(toEnter(s, { row: 0, column: 1 }, '否', 'id', '看错')).toMatchObject({
      supersedes: 'm1',
      reason: '看错',
      value: '0',
    })
    expect(toEnter(s, { row: 0, column: 1 }, '', 'id', '看错')).toMatchObject({ kind: 'withdraw', supersedes: 'm1' })
    expect(toEnter(s, { row: 0, column: 0 }, '', 'id', '')).toBeNull()
    expect(toEnter(s, { row: 9, column: 0 }, '1', 'id', '')).toBeNull()
  })

  it('counts what must be filled, of who competes', () => {
    expect(
      filled(
        sheet(
          [
            [eight, none],
            [eight, eight],
          ],
          'competing',
          'dns',
        ),
      ),
    ).toEqual({ done: 1, need: 2 })
  })

  it('names a sheet and what may be typed', () => {
    expect(queryOf({ kind: 'panel', chair: 2, criterion: 'weld' })).toBe('kind=panel&chair=2&criterion=weld')
    expect(queryOf({ kind: 'theory' })).toBe('kind=theory')
    expect(hint(yesNo)).toBe('1 是 · 0 否')
    expect(hint(pad({ min: '0', high: '10', step: '0.5', unit: 'mm' }))).toBe('0–10 mm /0.5')
  })
})

describe('the place of a fault', () => {
  it.each([
    ['CSV:3:B', '第 3 行 B 列'],
    ['录分表!C4', '录分表!C4'],
    ['CSV', 'CSV'],
  ])('%s', (path, words) => expect(placeWords(path)).toBe(words))
})
