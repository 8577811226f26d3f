import { describe, expect, it } from 'vitest'
import { byPanel, fileOf, ofWords, takesScan, toPrint, whyVoid, type Paper, type Step } from './papers'

const paper: Paper = {
  serial: 3,
  number: 'HJ-26-0003',
  kind: 'mark_sheet',
  chair: 2,
  panel: 'floor',
  seq: 40,
  head: 'ab',
  content: 'cd',
  names: false,
  pages: 1,
  at: '2026-05-12T08:00:00Z',
  by: '周启明',
}
const step = (over: Partial<Step>): Step => ({
  kind: 'mark_sheet',
  chair: 2,
  panel: 'floor',
  state: 'missing',
  ...over,
})
const chairs = [{ chair: 2, panel: 'floor', seat: 1, judge: '江七品' }]
const name = (id: string) => (id === 'floor' ? '现场组' : id)

describe('papers', () => {
  it('says what a paper is of', () => {
    expect(ofWords({ kind: 'mark_sheet', chair: 2, panel: 'floor' }, chairs, name)).toBe('现场组 第 1 席 江七品')
    expect(ofWords({ kind: 'panel_summary', panel: 'floor' }, chairs, name)).toBe('现场组')
    expect(ofWords({ kind: 'labels', layer: 'code' }, chairs, name)).toBe('评审号')
    expect(ofWords({ kind: 'result_list' }, chairs, name)).toBe('')
    expect(ofWords({ kind: 'mark_sheet', chair: 9, panel: 'floor' }, chairs, name)).toBe('现场组') // a chair that is gone
  })

  it('groups a panel’s sheets with its summary, and keeps the list for the end', () => {
    const steps = [
      step({ chair: 1 }),
      step({ chair: 4, panel: 'judges' }),
      step({ kind: 'panel_summary', chair: undefined }),
      step({ kind: 'panel_summary', chair: undefined, panel: 'judges' }),
      step({ kind: 'result_list', chair: undefined, panel: undefined }),
    ]
    expect(byPanel(steps).map((g) => [g.panel, g.steps.length])).toEqual([
      ['floor', 2],
      ['judges', 2],
      ['', 1],
    ])
  })

  it('asks for the printer or for the scan, never for both where one cannot help', () => {
    const rows: [Step, boolean, boolean][] = [
      [step({}), true, false],
      [step({ state: 'printed', document: paper }), false, true],
      [step({ state: 'signed', document: paper }), false, true],
      [step({ state: 'void', reason: 'content', document: paper }), true, false],
      [step({ state: 'void', reason: 'below', document: paper }), false, true],
      [
        step({ state: 'void', reason: 'person', document: { ...paper, void: { at: '', by: '', reason: '' } } }),
        true,
        false,
      ],
    ]
    for (const [s, prints, scans] of rows)
      expect([s.state, s.reason, toPrint(s), takesScan(s)]).toEqual([s.state, s.reason, prints, scans])
  })

  it('says why a paper counts no more', () => {
    expect(whyVoid(step({ state: 'signed', document: paper }))).toBe('')
    expect(whyVoid(step({ state: 'void', reason: 'content', document: paper }))).toContain('重新打印')
    const spoilt = { ...paper, void: { at: '', by: '周启明', reason: '纸张破损' } }
    expect(whyVoid(step({ state: 'void', reason: 'person', document: spoilt }))).toBe('周启明宣布作废：纸张破损')
  })

  it('finds the file of a paper', () => {
    expect(fileOf('e1', paper)).toBe('/api/v1/events/e1/documents/3/file.pdf')
  })
})
