// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { byFile, placed, placeOf } from './faults'

const words = { line: '行', column: '列' }

describe('the faults of a package', () => {
  it.each([
    ['entries.csv:12:3', { file: 'entries.csv', line: 12, column: 3, pointer: '' }, '行 12 列 3'],
    ['judges.csv:4', { file: 'judges.csv', line: 4, column: 0, pointer: '' }, '行 4'],
    ['units.csv', { file: 'units.csv', line: 0, column: 0, pointer: '' }, ''],
    [
      'schemes/welder.json#/components/0/max',
      { file: 'schemes/welder.json', line: 0, column: 0, pointer: '/components/0/max' },
      '/components/0/max',
    ],
    ['', { file: '', line: 0, column: 0, pointer: '' }, ''],
  ])('%s is taken apart', (path, parts, said) => {
    const one = placed({ path, code: 'x.y' })
    expect(one).toMatchObject(parts)
    expect(placeOf(one, words)).toBe(said)
  })

  it('stand file by file, in the order in which one mends them', () => {
    const fault = (path: string) => ({ path, code: 'x.y' })
    const files = byFile(['units.csv:9:1', 'entries.csv:12:3', 'entries.csv:2:5', 'entries.csv:12:1'].map(fault))
    expect(files.map((f) => f.file)).toEqual(['entries.csv', 'units.csv'])
    expect(files[0]?.faults.map((f) => `${f.line}:${f.column}`)).toEqual(['2:5', '12:1', '12:3'])
  })
})
