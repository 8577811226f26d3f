import { describe, expect, it } from 'vitest'
import { feed, frame, head, row, snapshot } from './example'
import { take } from './fold'
import type { Feed } from './frames'
import { columnsFor, everybody, groupName, groupsIn, hasPersons, hasTeams, membersOf, placesOf, rowsOf } from './lists'

const teams = feed({
  head: head({
    rankings: ['group', 'unit'],
    groups: { group: { 1: '职工组', 2: '学生组' }, unit: { 7: '江城造船厂' } },
  }),
  rows: [
    row(1, { of: 'T1', in: [{ g: 1, r: 1 }, { g: 7, r: 1 }] }), // prettier-ignore
    row(2, { of: 'T2', in: [{ g: 2, r: 1 }, null] }),
    row(3, { of: 'T1', in: [{ g: 1, r: 2 }, { g: 7, r: 2 }] }), // prettier-ignore
    row(4, { rank: undefined, in: [{ g: 1 }, null] }),
    row(1, { k: 'T2', team: true, in: [{ g: 2, r: 1 }, null] }),
    row(2, { k: 'T1', team: true, in: [{ g: 1, r: 1 }, { g: 9, r: 1 }] }), // prettier-ignore
  ],
})
const keys = (rows: { k: string; rank?: number; whole?: number }[]) =>
  rows.map(({ k, rank, whole }) => `${k} ${rank ?? '–'}/${whole ?? '–'}`)

describe('lists', () => {
  it('are of persons or of teams', () => {
    expect(keys(rowsOf(teams, everybody))).toEqual(['A001 1/–', 'A002 2/–', 'A003 3/–', 'A004 –/–'])
    expect(keys(rowsOf(teams, { ...everybody, team: true }))).toEqual(['T2 1/–', 'T1 2/–'])
    expect([hasTeams(teams), hasPersons(teams), hasTeams(feed()), hasPersons(feed({ rows: [] }))]).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  it('of a group rank within it, and say the whole rank beside', () => {
    expect(keys(rowsOf(teams, { team: false, by: 'group', g: 1 }))).toEqual(['A001 1/1', 'A003 2/3', 'A004 –/–'])
    expect(keys(rowsOf(teams, { team: true, by: 'group', g: 1 }))).toEqual(['T1 1/2'])
    expect(rowsOf(teams, { team: false, by: 'unit', g: 8 })).toEqual([])
  })

  it('are whole where a ranking is not told any more', () => {
    expect(rowsOf({ ...teams, head: head() }, { team: false, by: 'group', g: 1 })).toHaveLength(4)
  })

  it('have the groups in which somebody of them stands', () => {
    expect(groupsIn(teams, false, 'group')).toEqual([
      { g: 1, name: '职工组', n: 3 },
      { g: 2, name: '学生组', n: 1 },
    ])
    expect(groupsIn(teams, true, 'unit')).toEqual([{ g: 9, name: '#9', n: 1 }])
    expect(groupsIn(teams, false, 'county')).toEqual([])
  })

  it('say where a row stands everywhere', () => {
    expect(placesOf(teams.head, teams.rows[2]!)).toEqual([
      { by: 'group', name: '职工组', rank: 2 },
      { by: 'unit', name: '江城造船厂', rank: 2 },
    ])
    expect(placesOf(teams.head, teams.rows[3]!)).toEqual([{ by: 'group', name: '职工组', rank: undefined }])
    expect(placesOf(head(), teams.rows[0]!)).toEqual([])
    expect(groupName(teams.head, 'county', 3)).toBe('#3')
  })

  it('open a team to its members', () => {
    expect(membersOf(teams, 'T1').map((r) => r.k)).toEqual(['A001', 'A003'])
    expect(membersOf(teams, 'A001')).toEqual([])
  })
})

describe('columns', () => {
  const columns = [{ id: 'A', max: '30' }, { id: 'T', max: '20', of: 'team' as const }, { id: 'B', max: '50' }] // prettier-ignore
  const rows = [row(1, { parts: ['1', '', '3'] })]

  it('of teams alone are not shown of persons', () => {
    const got = columnsFor({ columns }, rows, false)
    expect(got.columns.map((c) => c.id)).toEqual(['A', 'B'])
    expect(got.rows[0]?.parts).toEqual(['1', '3'])
    expect(rows[0]?.parts).toHaveLength(3)
  })

  it('of persons are sums of teams, without a maximum', () => {
    expect(columnsFor({ columns }, rows, true).columns.map((c) => c.max)).toEqual([undefined, '20', undefined])
    expect(columnsFor({ columns: [{ id: 'A', max: '9' }] }, rows, true).columns[0]?.max).toBeUndefined()
    expect(columnsFor({ columns: [{ id: 'A', max: '9' }] }, rows, false).columns[0]?.max).toBe('9')
  })
})

describe('the fold', () => {
  it('puts persons before teams, and keeps the words of groups until a head changes them', () => {
    const mixed = snapshot({
      rows: [row(1, { k: 'T1', team: true }), row(2), row(1)],
      head: head({ rankings: ['group'], groups: { group: { 1: '职工组' } } }),
    })
    const first = take(null, mixed) as Feed
    expect(first.rows.map((r) => r.k)).toEqual(['A001', 'A002', 'T1'])
    const next = take(first, frame(10, 11, [row(2, { k: 'T2', team: true })])) as Feed
    expect(next.rows.map((r) => r.k)).toEqual(['A001', 'A002', 'T1', 'T2'])
    expect(next.head.groups).toEqual({ group: { 1: '职工组' } })
    const named = take(next, frame(11, 12, [], { head: { groups: { group: { 1: '职工组', 2: '学生组' } } } })) as Feed
    expect(named.head.groups?.group?.[2]).toBe('学生组')
    expect((take(named, snapshot({ to: 13 })) as Feed).head.rankings).toBeUndefined()
  })
})
