// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { cellsOf, emptyRow, faultsByRow, pasted, rowOf, teamed, toSend } from './entrygrid'

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
    expect(pasted([], 0, 'county', [['东湖区', 'x', 'y']])).toEqual([row({ county: '东湖区' })])
  })

  it('goes along the columns that are shown', () => {
    const among = ['entry_no', 'name', 'unit', 'group', 'county'] as const
    expect(pasted([], 0, 'unit', [['metro', '职工组', '东湖区']], among)).toEqual([
      row({ unit: 'metro', group: '职工组', county: '东湖区' }),
    ])
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

describe('teams', () => {
  it('are told in either language, and anything else goes to the server as it is', () => {
    const kinds = ['团队', '队', 'Team', '选手', '', 'pair'].map((kind) => row({ name: '甲', kind }))
    expect(toSend(kinds).map((r) => r.kind)).toEqual(['team', 'team', 'team', 'person', undefined, 'pair'])
  })

  it('come from the server as rows that it takes back', () => {
    const team = rowOf({ entry_no: '9', name: '一队', kind: 'team' })
    const member = rowOf({
      entry_no: '1',
      name: '甲',
      team: '9',
      group: '职工组',
      county: '东湖区',
      in_county: '东湖区',
    })
    expect(toSend([team, member])).toEqual([
      { entry_no: '9', name: '一队', kind: 'team' },
      { entry_no: '1', name: '甲', team: '9', group: '职工组', county: '东湖区' },
    ])
  })

  it('are made of the chosen rows', () => {
    const was = [row({ entry_no: '1', name: '甲' }), row({ entry_no: '2', name: '乙', team: '旧队' })]
    expect(teamed(was, new Set(['2']), '一队')).toEqual([
      was[0],
      row({ entry_no: '2', name: '乙', team: '一队' }),
      row({ name: '一队', kind: 'team' }),
    ])
    expect(was[1]?.team).toBe('旧队')
  })
})
