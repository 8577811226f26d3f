import { describe, expect, it } from 'vitest'
import { cellKey, type Bundle, type Pad } from './bundle'
import { cellsOf, finishedOf, isMarked, progressOf, workState } from './cells'
import { isLabel, shownLabel } from './label'
import type { Item } from './outbox/store'

const place = { work: '417A', aspect: 'a', attempt: 1, round: 1 }

function bundle(marks: Bundle['marks'] = []): Bundle {
  return {
    event: { id: 'e', trade: '焊工', version: 1, phase: 'running', kind: 'real' },
    chair: { number: 1, panel: 'p', seat: 1, judge: '周敏', chief: false },
    sheets: [],
    works: [],
    marks,
    finished: [],
  }
}

let seq = 0
function item(more: Partial<Item>): Item {
  seq++
  return {
    ...place,
    mark_id: `m${seq}`,
    event: 'e',
    chair: 1,
    kind: 'mark',
    value: '1',
    version: 1,
    supersedes: null,
    device: 'd',
    device_seq: seq,
    client_at: seq,
    order: seq,
    state: 'pending',
    tries: 0,
    ...more,
  }
}

const cellAfter = (items: Item[], from = bundle()) => cellsOf(from, items).get(cellKey(place))
const given = { ...place, value: '7', kind: 'mark' as const, mark_id: 's1', seq: 4 }

describe('the current mark of a place', () => {
  it("is the server's where the tablet knows nothing newer", () => {
    expect(cellAfter([], bundle([given]))).toMatchObject({ value: '7', state: 'saved', mark_id: 's1' })
  })

  it('is the tap that waits', () => {
    expect(cellAfter([item({ value: '8' })], bundle([given]))).toMatchObject({ value: '8', state: 'pending' })
  })

  it('is the receipt that is newer than the bundle, and the bundle once that covers it', () => {
    const accepted = item({ value: '8', state: 'accepted' })
    expect(cellAfter([accepted], bundle([given]))).toMatchObject({ value: '8', state: 'saved' })
    expect(cellAfter([{ ...accepted, covered: true }], bundle([given]))).toMatchObject({ value: '7' })
  })

  it('is nothing after it was taken back, and the next tap replaces nothing', () => {
    const cell = cellAfter([item({}), item({ kind: 'withdraw', value: '' })])
    expect(cell).toMatchObject({ kind: null, mark_id: null, state: 'pending' })
  })

  it('stays the last good one when a correction came back, and says so', () => {
    const back = item({ value: '11', state: 'returned', supersedes: 's1' })
    const cell = cellAfter([back], bundle([given]))
    expect(cell).toMatchObject({ value: '7', mark_id: 's1' })
    expect(cell?.returned?.mark_id).toBe(back.mark_id)
  })

  it('forgets a returned one after a new tap or when the judge lets it rest', () => {
    const back = item({ value: '11', state: 'returned' })
    expect(cellAfter([back, item({ value: '9' })])?.returned).toBeNull()
    expect(cellAfter([{ ...back, dismissed: true }])?.returned).toBeNull()
  })

  it('does not count what came after the lock', () => {
    expect(cellAfter([item({ value: '9', state: 'accepted', late: true })], bundle([given]))).toMatchObject({
      value: '7',
      late: true,
    })
  })

  it('keeps the remark with its mark', () => {
    expect(cellAfter([item({ text: '起弧处有气孔' })])?.text).toBe('起弧处有气孔')
  })
})

describe('progress', () => {
  const pad = (id: string, more: Partial<Pad> = {}): Pad => ({
    id,
    code: id,
    name: id,
    kind: 'points',
    required: true,
    ...more,
  })

  it('counts required aspects, all attempts, and not performed as done', () => {
    const cells = cellsOf(bundle(), [
      item({ aspect: 'a' }),
      item({ aspect: 'b', kind: 'not_performed', value: '' }),
      item({ aspect: 'c', attempt: 1 }),
    ])
    const pads = [pad('a'), pad('b'), pad('c', { attempts: 2 }), pad('d', { required: false })]
    expect(progressOf(pads, cells, '417A', new Map())).toEqual({ done: 2, need: 3 })
  })

  it('is open again in a new round', () => {
    const cells = cellsOf(bundle(), [item({ aspect: 'a', round: 1 })])
    expect(isMarked(cells, '417A', pad('a'), new Map())).toBe(true)
    expect(isMarked(cells, '417A', pad('a'), new Map([['417A\na\n1', 2]]))).toBe(false)
  })

  it('knows the three states of a work', () => {
    expect(workState({ done: 0, need: 3 }, false, false)).toBe('todo')
    expect(workState({ done: 0, need: 3 }, true, false)).toBe('doing')
    expect(workState({ done: 3, need: 3 }, true, false)).toBe('doing')
    expect(workState({ done: 3, need: 3 }, true, true)).toBe('done')
  })

  it('counts a finished sheet that waits, but not one that came back', () => {
    const finish = { aspect: 'C', kind: 'finish' as const, value: '' }
    expect(finishedOf(bundle(), [item(finish)])).toEqual(new Set(['417A\nC']))
    expect(finishedOf(bundle(), [item({ ...finish, state: 'returned' })])).toEqual(new Set())
  })
})

describe('labels', () => {
  it('hide the check letter of a work code until it was read from the work', () => {
    expect(shownLabel('417A', 'coded', false)).toBe('417')
    expect(shownLabel('417A', 'coded', true)).toBe('417A')
    expect(shownLabel('07', 'seat', false)).toBe('07')
    expect(shownLabel('007A', 'open', false)).toBe('007A')
  })

  it('are compared as a hurried judge types them', () => {
    expect(isLabel('417A', '417a')).toBe(true)
    expect(isLabel('417-A', '417 A')).toBe(true)
    expect(isLabel('417A', '417B')).toBe(false)
    expect(isLabel('417A', '714A')).toBe(false)
  })
})
