import { describe, expect, it } from 'vitest'
import vectors from '../../../../schemas/signing-vectors.json'
import { isSigned, readStrokes } from '@/shared/strokes/strokes'
import type { Bundle, Pad } from '../bundle'
import type { Cell, Cells } from '../cells'
import { differences, digestOf, missingOf, ownMarks, ownText, sheetText } from './shown'

interface StrokeVector {
  text: string
  width?: number
  height?: number
  lines?: number[][][]
  signed?: boolean
  refusal?: string
}

describe('what a judge signs', () => {
  it.each(vectors.sheets)('$note', async (v) => {
    for (const marks of [v.marks, [...v.marks].reverse()]) {
      const text = sheetText(v.event, v.chair, v.version, marks)
      expect(text).toBe(v.text)
      expect(await digestOf(text)).toBe(v.sha256)
    }
  })

  it.each(vectors.strokes as StrokeVector[])('strokes: $text', (v) => {
    const read = readStrokes(v.text)
    if (v.refusal) {
      expect(read).toBeNull()
      return
    }
    const lines = v.lines?.map((line) => line.map(([x, y, t]) => ({ x, y, t })))
    expect(read).toEqual({ width: v.width, height: v.height, lines })
    expect(read && isSigned(read)).toBe(v.signed)
  })
})

const pad = (id: string, more: Partial<Pad> = {}): Pad => ({
  id,
  code: id,
  name: id,
  kind: 'points',
  required: true,
  attempts: 1,
  places: 6,
  high: '10',
  min: '0',
  free: true,
  ...more,
})
const bundle: Bundle = {
  event: { id: 'e0000000-0000-0000-0000-000000000001', trade: '焊工', version: 2, phase: 'running', kind: 'real' },
  chair: { number: 3, panel: 'judges', seat: 1, judge: '周敏', chief: false },
  sheets: [
    {
      criterion: { id: 'A', name: '外观', code: 'A', identity: 'coded' },
      subs: [
        {
          id: 'A1',
          name: '外观',
          code: 'A1',
          aspects: [pad('look'), pad('twice', { attempts: 2 }), pad('free', { required: false })],
        },
      ],
    },
  ],
  works: [
    { work: '417D', identity: 'coded', criteria: ['A'], status: '' },
    { work: '023A', identity: 'coded', criteria: ['A'], status: 'dns' },
  ],
  marks: [],
  finished: [],
}
const cell = (value: string, kind: Cell['kind'] = 'mark'): Cell => ({
  kind,
  value,
  mark_id: null,
  text: '',
  state: 'saved',
  returned: null,
  late: false,
})

describe('the own marks', () => {
  const cells: Cells = new Map([
    ['417D\nlook\n1\n1', cell('7.50')],
    ['417D\ntwice\n2\n1', cell('', 'not_performed')],
    ['417D\nfree\n1\n1', cell('', null)],
  ])

  it('stand in the one written form, without what was taken back', () => {
    expect(ownMarks(bundle, cells)).toEqual([
      { work: '417D', aspect: 'look', attempt: 1, round: 1, kind: 'mark', value: '7.5' },
      { work: '417D', aspect: 'twice', attempt: 2, round: 1, kind: 'not_performed', value: '' },
    ])
    expect(ownText(bundle, cells)).toContain('chair 3\nversion 2\n417D\tlook\t1\t1\tmark\t7.5\n')
  })

  it('miss what is required of works that compete, an aspect with all its attempts once', () => {
    expect(missingOf(bundle, new Map(), new Map())).toBe(2)
    expect(missingOf(bundle, cells, new Map())).toBe(1)
    expect(missingOf(bundle, new Map([...cells, ['417D\ntwice\n1\n1', cell('3')]]), new Map())).toBe(0)
    // The panel marks a second round: the first one is not enough.
    expect(missingOf(bundle, cells, new Map([['417D\nlook\n1', 2]]))).toBe(2)
  })

  it('miss nothing where the chief judge said that this chair gives no mark', () => {
    const away = { work: '417D', aspect: 'look', attempt: 1, round: 1, value: '', kind: 'absent', mark_id: 'x', seq: 9 }
    const told = { ...bundle, marks: [away] } as unknown as Bundle
    expect(missingOf(told, new Map(), new Map())).toBe(1)
    expect(ownText(told, new Map())).toContain('417D\tlook\t1\t1\tabsent\t\n')
  })
})

describe('what differs', () => {
  it('is told by place, both ways', () => {
    const mark = (work: string, value: string) => ({ work, aspect: 'look', attempt: 1, round: 1, kind: 'mark', value })
    const was = sheetText('e', 1, 1, [mark('1', '5'), mark('2', '6'), mark('3', '7')])
    const is = sheetText('e', 1, 1, [mark('1', '5'), mark('2', '6.5'), mark('4', '8')])
    const found = differences(was, is).map((d) => [d.work, d.was?.value ?? null, d.is?.value ?? null])
    expect(found).toEqual([
      ['2', '6', '6.5'],
      ['3', '7', null],
      ['4', null, '8'],
    ])
    expect(differences(was, was)).toEqual([])
  })
})
