import type { Row, Within } from '../src/shared/live/frames'
import { person, type Stage } from './live.mock'

// An event with teams of three and three rankings, as the server tells it. The names are invented.

const counties = ['东湖区', '南港区', '北岭县']
const names = ['江城造船厂一队', '轨道交通联队', '云岭电器队', '长河安装公司代表队', '职业技术学院队', '江城热电厂队']

export const groups = {
  group: { 1: '职工组', 2: '学生组' },
  county: Object.fromEntries(counties.map((name, i) => [i + 1, name])),
  unit: {
    11: '江城造船厂',
    12: '江城市轨道交通集团有限公司运营分公司',
    13: '云岭电器',
    14: '长河工业设备安装公司',
    15: '江城职业技术学院',
    16: '江城热电厂',
  },
}

/** Groups of the person at a place, beginning with 0. */
function belongs(i: number): number[] {
  return [i % 6 === 4 ? 2 : 1, (i % 3) + 1, 11 + (i % 6)]
}

function ranked(rows: Row[], of: (i: number) => number[]): Row[] {
  const seen = new Map<string, number>()
  return rows.map((row, i) => ({
    ...row,
    in: of(i).map((g, at): Within => {
      const r = (seen.get(`${at}-${g}`) ?? 0) + 1
      seen.set(`${at}-${g}`, r)
      return row.rank ? { g, r } : { g }
    }),
  }))
}

/** Gives a stage eighteen members, four who stand alone, two who are not ranked, and six teams. */
export function withTeams(stage: Stage): Stage {
  const persons = stage.rows.map((_, i) =>
    person(i, {
      of: i < 18 ? `T${(i % 6) + 1}` : undefined,
      ...(i > 21 ? { rank: undefined, total: undefined, done: 30 } : {}),
    }),
  )
  const teams = names.map((name, i): Row => ({
    ...{ k: `T${i + 1}`, team: true, pos: i + 1, rank: i === 3 ? 3 : i + 1, name, unit: groups.unit[(11 + i) as 11] },
    ...{ total: (270.15 - i * 2.55 + (i === 3 ? 2.55 : 0)).toFixed(2), done: 6, need: 6, status: 'competing' },
    parts: [(75.5 - i).toFixed(2), (125.9 - i).toFixed(2), (50.25 - i / 2).toFixed(2), (18.5 - i / 2).toFixed(2)],
  }))
  stage.rows = [...ranked(persons, belongs), ...ranked(teams, belongs)]
  stage.head.columns = [...stage.head.columns, { id: 'C4', name: '团队协作', max: '20', of: 'team' }]
  Object.assign(stage.head, { rankings: ['group', 'county', 'unit'], groups, entries: 30 })
  return stage
}
