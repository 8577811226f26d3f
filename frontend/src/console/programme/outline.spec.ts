// @vitest-environment node
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { glossOf, itemsOf, namesOfPanels, outlineOf } from './outline'
import { added, completed, seatOf, withChief } from './seats'

const welder = readFileSync(
  resolve(import.meta.dirname, '../../../../docs/examples/package-small/schemes/welder.json'),
  'utf8',
)

describe('the outline of a scheme', () => {
  it('shows what is worth what, and who marks it', () => {
    const o = outlineOf(welder)
    expect(o).toMatchObject({ name: '焊工实操', total: '20', identity: 'coded', aspects: 2 })
    const [criterion] = o.components[0]!.criteria
    expect(criterion).toMatchObject({ code: 'A', max: '20', identity: 'coded' })
    expect(criterion!.subs[0]!.aspects.map((a) => [a.code, a.name, a.panel, a.max, a.detail])).toEqual([
      ['A1.1', '余高 0–2 mm', 'gauge', '12', '0 … 2 mm'],
      ['A1.2', '成形', 'visual', '8', '/ 0.5'],
    ])
  })

  it('gives the English of every name, and the items of deductions by their names', () => {
    const scheme = JSON.stringify({
      panels: [{ id: 'floor', name: { zh: '现场组', en: 'Floor panel' } }],
      aspects: [
        { id: 'order', kind: 'deductions', items: [{ id: 'tools', name: { zh: '工具乱放', en: 'Tools left' } }] },
        {
          id: 'safety',
          kind: 'penalty',
          items: [
            { id: 'glove', name: { zh: '未戴手套' } },
            { id: 'x', from: '1' },
          ],
        },
      ],
    })
    expect([...glossOf(scheme)]).toEqual([
      ['现场组', 'Floor panel'],
      ['工具乱放', 'Tools left'],
    ])
    expect(itemsOf(scheme).get('order')?.get('tools')).toEqual({ name: '工具乱放', isCounted: false })
    expect(itemsOf(scheme, true).get('order')?.get('tools')?.name).toBe('Tools left')
    expect(itemsOf(scheme, true).get('safety')?.get('glove')).toEqual({ name: '未戴手套', isCounted: true })
    expect(itemsOf(scheme).get('safety')?.get('x')?.isCounted).toBe(false)
  })

  it('says of teams, rankings and what is carried over', () => {
    const scheme = JSON.parse(welder)
    scheme.rankings = ['group', 'unit']
    scheme.teams = { take: 'best', best: 2, size: 3 }
    scheme.prizes = { by: 'group', list: [] }
    scheme.team_prizes = { by: 'unit', list: [{ id: 't', name: { zh: '团体第一' }, number: 1 }] }
    scheme.advance = { first: 3, by: 'county' }
    scheme.components[0].of = 'team'
    scheme.components[0].criteria[0].subs[0].aspects[0].carried = 'total'
    const o = outlineOf(JSON.stringify(scheme))
    expect(o).toMatchObject({
      rankings: ['group', 'unit'],
      teams: { take: 'best', best: '2', size: '3', least: '' },
      prizesBy: 'group',
      teamPrizes: ['团体第一'],
      teamPrizesBy: 'unit',
      advanceBy: 'county',
    })
    expect(o.components[0]?.ofTeam).toBe(true)
    expect(o.components[0]?.criteria[0]?.subs[0]?.aspects[0]?.carried).toBe('total')
    expect(outlineOf(welder)).toMatchObject({ rankings: [], teams: null, prizesBy: '', teamPrizes: [] })
  })

  it('says names in English where there are some', () => {
    expect(outlineOf(welder, true).components[0]?.name).toBe('Practical')
    expect(namesOfPanels(welder, true).get('gauge')).toBe('Gauging')
  })
})

describe('chairs', () => {
  const seats = [seatOf({ number: 2, panel: 'visual', seat: 1, judge: '江一评', chief: true })]

  it('get the next free number and the next seat of their panel', () => {
    expect(added(seats, 'visual')[1]).toEqual({ number: 3, panel: 'visual', seat: 2, judge: '', chief: false })
    expect(added(seats, 'gauge')[1]).toMatchObject({ number: 3, seat: 1 })
  })

  it('are made complete as the scheme asks: the declared number, or one', () => {
    const all = completed(seats, [
      { id: 'visual', chairs: 3 },
      { id: 'gauge', chairs: 0 },
    ])
    expect(all.map((s) => `${s.panel}${s.seat}`)).toEqual(['visual1', 'visual2', 'visual3', 'gauge1'])
    expect(completed(all, [{ id: 'visual', chairs: 3 }])).toHaveLength(4)
  })

  it('have one chief in a panel', () => {
    const two = added(seats, 'visual')
    expect(withChief(two, 3, true).map((s) => s.chief)).toEqual([false, true])
    expect(withChief(two, 2, false).map((s) => s.chief)).toEqual([false, false])
  })
})
