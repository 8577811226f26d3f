// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { cellsOf, emptyRow, faultsByRow, pasted, rowOf, toSend } from './entrygrid'

const row = (extra: object) => ({ ...emptyRow(), ...extra })

describe('pasting from a spreadsheet', () => {
  it('reads tabs and line ends of any system, and unwraps quoted cells', () => {
    expect(cellsOf('001\t梁志远\tshipyard\r\n002\t"Mei ""A"" Anna"\tmetro\r\n')).toEqual([
      ['001', '梁志远', 'shipyard'],
      ['002', 'Mei "A" Anna', 'metro'],
    ])
    expect(cellsOf('a\t"two\nlines"\tb')).toEqual([['a', 'two\nlines', 'b']])
  })

  it('reads CSV where there is no tab', () => {
    expect(cellsOf('001,"Mei, Anna"\n')).toEqual([['001', 'Mei, Anna']])
  })

  it('fills to the right and down from the cell, and adds rows', () => {
    const was = [row({ entry_no: '001', name: '甲' })]
    const now = pasted(was, 0, 'name', [
      ['乙', 'metro'],
      ['丙', 'port'],
    ])
    expect(now).toEqual([row({ entry_no: '001', name: '乙', unit: 'metro' }), row({ name: '丙', unit: 'port' })])
    expect(was[0]?.name).toBe('甲')
  })

  it('drops what would fall over the right edge', () => {
    expect(pasted([], 0, 'work_code', [['417D', 'x', 'y']])).toEqual([row({ work_code: '417D' })])
  })
})

describe('what is sent and what comes back', () => {
  const rows = [row({ name: ' 甲 ', unit: 'metro' }), emptyRow(), row({ name: '乙', entry_no: '002' })]

  it('leaves empty rows and empty cells out', () => {
    expect(toSend(rows)).toEqual([
      { name: '甲', unit: 'metro' },
      { name: '乙', entry_no: '002' },
    ])
  })

  it('puts faults at the row of the table, not of what was sent', () => {
    const fault = { path: '/entries/1/unit', code: 'programme.unit_unknown' }
    const found = faultsByRow(rows, [
      fault,
      { path: '/entries/0', code: 'a.b' },
      { path: '/entries/7/name', code: 'a.b' },
    ])
    expect([...found.keys()]).toEqual([2, 0])
    expect(found.get(2)?.get('unit')).toBe(fault)
    expect(found.get(0)?.has('')).toBe(true)
  })

  it('takes an entry whose labels are hidden as empty cells', () => {
    expect(rowOf({ entry_no: '001', name: '甲' })).toEqual(row({ entry_no: '001', name: '甲' }))
  })
})
