import { describe, expect, test } from 'vitest'
import { edited, editOf, givenTo, isNumber, mediaOf, newPanel, panelGroups, panelsOf } from './schemebox'

const draft = JSON.stringify({
  format: 'jiangtai.scheme/1',
  name: { zh: '焊' },
  panels: [{ id: 'judges', name: { zh: '裁判组' } }],
  total: '10.1',
  standards: { sections: [{ id: 's1', name: { zh: '一' }, max: '10.1' }] },
  components: [
    {
      id: 'c1',
      name: { zh: '实操' },
      max: '10.1',
      criteria: [
        {
          id: 'm1',
          name: { zh: '外观' },
          max: '10.1',
          subs: [
            {
              id: 'm1-1',
              name: { zh: '外观' },
              aspects: [
                {
                  id: 'a1',
                  name: { zh: '咬边' },
                  help: { zh: '见图' },
                  kind: 'points',
                  panel: 'judges',
                  max: '10',
                  section: 's1',
                },
                {
                  id: 'a2',
                  name: { zh: '通电' },
                  kind: 'counted',
                  per: '0.05',
                  panel: 'judges',
                  max: '0.1',
                  section: 's1',
                },
                { id: 'a3', name: { zh: '理论' }, kind: 'external', max: '100' },
              ],
            },
          ],
        },
      ],
    },
  ],
})
const none = { per: '', step: '', nominal: '', tol: '', low: '', high: '' }

describe('a cell that was not understood', () => {
  test('shows what it became', () => {
    expect(editOf(draft, 'a2')).toEqual({ name: '通电', edit: { ...none, kind: 'counted', max: '0.1', per: '0.05' } })
    expect(editOf(draft, 'zz')).toBeNull()
  })
  test('becomes another kind: its words stay, fields of the old kind go, totals follow exactly', () => {
    const is = JSON.parse(
      edited(draft, 'a1', { ...none, kind: 'limits', max: '9.7', nominal: '18', low: '-0.021', high: '0', tol: '3' }),
    )
    const k = is.components[0].criteria[0]
    expect(k.subs[0].aspects[0]).toEqual({
      id: 'a1',
      name: { zh: '咬边' },
      help: { zh: '见图' },
      panel: 'judges',
      section: 's1',
      kind: 'limits',
      max: '9.7',
      nominal: '18',
      low: '-0.021',
      high: '0',
    })
    expect([k.max, is.components[0].max, is.total, is.standards.sections[0].max]).toEqual(['9.8', '9.8', '9.8', '9.8'])
  })
  test('keeps its fields where its kind is one of the others', () => {
    const is = JSON.parse(edited(draft, 'a3', { ...none, kind: 'external', max: '50' }))
    expect(is.components[0].criteria[0].subs[0].aspects[2]).toEqual({
      id: 'a3',
      name: { zh: '理论' },
      kind: 'external',
      max: '50',
    })
  })
  test('takes numbers as the scheme has them', () => {
    expect(['1', '0.000001', '-2.5', '1.0000001', '1e3', '', '.5'].map(isNumber)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })
})

describe('who marks', () => {
  test('is chosen for the aspects of a module that one panel has', () => {
    expect(panelGroups(draft)).toEqual([
      { key: 'm1/judges', module: '外观', panel: 'judges', panelName: '裁判组', ids: ['a1', 'a2'] },
    ])
    const floor = { id: 'floor', name: { zh: '现场' }, policy: { kind: 'median' } }
    const one = givenTo(draft, ['a2'], floor)
    expect(panelsOf(one).map((p) => p.id)).toEqual(['judges', 'floor'])
    expect(panelGroups(one).map((g) => g.ids)).toEqual([['a1'], ['a2']])
    const both = givenTo(one, ['a1'], floor)
    expect(panelsOf(both)).toEqual([floor])
  })
  test('may be a panel that there was not', () => {
    expect(newPanel('外观组', [{ id: 'panel1', name: { zh: '一' } }])).toEqual({ id: 'panel2', name: { zh: '外观组' } })
  })
})

test('a file is sent as what its name says', () => {
  expect(mediaOf('评分表.DOCX')).toContain('wordprocessingml')
  expect(mediaOf('a.json')).toBe('application/json')
  expect(mediaOf('a.xlsx')).toContain('spreadsheetml')
})
