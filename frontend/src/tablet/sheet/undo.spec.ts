import { afterEach, describe, expect, it } from 'vitest'
import type { OwnMark } from '../bundle'
import type { Item } from '../outbox/store'
import { keepUndone, readUndone, stepBack } from './undo'

const place = { work: '417A', aspect: 'ppe', attempt: 1, round: 1 }
let order = 0

function said(mark_id: string, kind: Item['kind'], value: string, more: Partial<Item> = {}): Item {
  return { ...place, mark_id, kind, value, state: 'pending', order: ++order, supersedes: null, ...more } as Item
}

const none = { marks: [] }
const undone = new Set(['u1', 'u2', 'u3'])

describe('a step back', () => {
  it('is nothing where nothing was said', () => {
    expect(stepBack(place, [], undone, none)).toBeUndefined()
    const elsewhere = [said('a', 'mark', '1', { work: '023C' }), said('f', 'finish', '', { aspect: 'A' })]
    expect(stepBack(place, elsewhere, undone, none)).toBeUndefined()
  })

  it('is the value before, then the one before that, then none', () => {
    const all = [said('a', 'mark', '1'), said('b', 'mark', '0'), said('c', 'mark', '1')]
    expect(stepBack(place, all, undone, none)).toMatchObject({ kind: 'mark', value: '0' })
    all.push(said('u1', 'mark', '0'))
    expect(stepBack(place, all, undone, none)).toMatchObject({ kind: 'mark', value: '1' })
    all.push(said('u2', 'mark', '1'))
    expect(stepBack(place, all, undone, none)).toBeNull()
    all.push(said('u3', 'withdraw', ''))
    expect(stepBack(place, all, undone, none)).toBeUndefined()
  })

  it('brings back what was withdrawn, and the remark with it', () => {
    const all = [said('a', 'mark', '1.6', { text: '两侧' }), said('b', 'withdraw', '')]
    expect(stepBack(place, all, undone, none)).toEqual({ kind: 'mark', value: '1.6', text: '两侧' })
  })

  it('leaves out what came back from the server', () => {
    const all = [said('a', 'mark', '1'), said('b', 'mark', '9', { state: 'returned' })]
    expect(stepBack(place, all, undone, none)).toBeNull()
  })

  it('goes by the order of the taps, not by how they lie in the store', () => {
    const all = [said('a', 'mark', '1'), said('b', 'not_performed', '')].reverse()
    expect(stepBack(place, all, undone, none)).toMatchObject({ kind: 'mark', value: '1' })
  })

  it('comes back to the mark of the tablet before this one', () => {
    const mark: OwnMark = { ...place, mark_id: 'z', kind: 'mark', value: '7', seq: 4 }
    expect(stepBack(place, [said('a', 'mark', '8')], undone, { marks: [mark] })).toMatchObject({ value: '7' })
    expect(stepBack(place, [], undone, { marks: [mark] })).toBeUndefined()
  })
})

describe('what was undone', () => {
  afterEach(() => localStorage.clear())

  it('is known after the browser was closed, and nonsense is nothing', () => {
    keepUndone(new Set(['a', 'b']))
    expect([...readUndone()]).toEqual(['a', 'b'])
    localStorage.setItem('jiangtai.undone', '{"a":1}')
    expect(readUndone().size).toBe(0)
    localStorage.setItem('jiangtai.undone', 'x')
    expect(readUndone().size).toBe(0)
  })
})
