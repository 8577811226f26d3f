import { describe, expect, it } from 'vitest'
import { countsOf, findEntry, type EntryOf } from './desk'

const entry = (entry_no: string, state: EntryOf['state'] = ''): EntryOf => ({ entry_no, state, drawn: false })

describe('the check-in list', () => {
  const list = [entry('001', 'present'), entry('010', 'absent'), entry('100', 'late'), entry('A7')]

  it('counts late ones as present', () => {
    expect(countsOf(list)).toEqual({ present: 2, absent: 1, unseen: 1 })
  })

  it('finds numbers with or without the zeros in front, and nothing for nothing', () => {
    expect(findEntry(list, ' 1 ')?.entry_no).toBe('001')
    expect(findEntry(list, '10')?.entry_no).toBe('010')
    expect(findEntry(list, '0100')?.entry_no).toBe('100')
    expect(findEntry(list, 'A7')?.entry_no).toBe('A7')
    expect(findEntry(list, '')).toBeUndefined()
    expect(findEntry(list, '2')).toBeUndefined()
  })
})
