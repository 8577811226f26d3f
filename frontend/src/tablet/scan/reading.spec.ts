import { describe, expect, it } from 'vitest'
import { readingOf } from './reading'

const event = '0190a000-0000-7000-8000-0000000000AB'
const work = (code: string, identity = 'coded') => ({ work: { work: code }, identity })
const [wanted, other, seat] = [work('417A'), work('023C'), work('07', 'seat')]
const all = [wanted, other, seat]

describe('a label that was scanned', () => {
  it.each([
    ['jt:417A:000000ab', { is: 'right' }],
    ['  jt:417A:000000ab\n', { is: 'right' }],
    ['jt:417a:000000ab', { is: 'right' }],
    ['jt:023C:000000ab', { is: 'other_work', label: '023C', work: other }],
    ['jt:999Z:000000ab', { is: 'not_yours', label: '999Z' }],
    ['jt:07:000000ab', { is: 'not_yours', label: '07' }],
    ['jt:417B:000000ab', { is: 'not_yours', label: '417B' }],
    ['jt:417A:000000ac', { is: 'other_event' }],
    ['JT1:abc', { is: 'foreign' }],
    ['https://jiangtai.example/tablet#pair=K7QM-2XWD', { is: 'foreign' }],
    ['jt:417A', { is: 'foreign' }],
    ['jt:417A:zzzzzzzz', { is: 'foreign' }],
    ['jt:41 7A:000000ab', { is: 'foreign' }],
    ['', { is: 'foreign' }],
  ])('%j', (text, reading) => expect(readingOf(text, event, wanted, all)).toEqual(reading))
})
