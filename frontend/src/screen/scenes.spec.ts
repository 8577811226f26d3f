import { describe, expect, it } from 'vitest'
import { feed, head, row } from '@/shared/live/example'
import { speak } from '@/shared/locale'
import { planOf } from './plan'
import { fieldOf, pagesOfAll, sceneTitle, scenesOf, sequence, usual } from './scenes'

const persons = Array.from({ length: 12 }, (_, i) => row(i + 1, { in: [{ g: (i % 2) + 1, r: Math.floor(i / 2) + 1 }] }))
const teams = [1, 2].map((pos) => row(pos, { k: `T${pos}`, team: true, in: [{ g: 2, r: pos }] }))
const grouped = head({ rankings: ['county'], groups: { county: { 1: '东湖区', 2: '北岭县' } }, entries: 14 })
const both = feed({ head: grouped, rows: [...persons, ...teams] })

const words = (wishes: readonly string[], of = both) =>
  scenesOf(of, wishes).map(({ team, by, g }) => `${team ? 'teams' : 'persons'}${by && ` ${by}:${g}`}`)

describe('the scenes of a wall', () => {
  it('are persons and teams unless its address says otherwise', () => {
    expect(words(usual)).toEqual(['persons', 'teams'])
    expect(words(usual, feed())).toEqual(['persons'])
    expect(words(usual, feed({ rows: teams }))).toEqual(['teams'])
    expect(words(['teams'])).toEqual(['teams'])
  })

  it('are each group in turn, or one of them, of persons or of teams', () => {
    expect(words(['county'])).toEqual(['persons county:1', 'persons county:2'])
    expect(words(['county:2', 'teams/county'])).toEqual(['persons county:2', 'teams county:2'])
  })

  it('are never none, whatever the event lacks', () => {
    expect(words(['group', 'county:7'])).toEqual(['persons'])
    expect(words(['unit'], feed({ rows: teams }))).toEqual(['teams'])
  })

  it('are read from the address; what no wall understands is left out', () => {
    const of = (query: string) => planOf(`https://hall.test/screen?event=e1&${query}`).scenes
    expect(of('scenes=teams,county:3,nonsense,teams/unit')).toEqual(['teams', 'county:3', 'teams/unit'])
    expect(of('scenes=county:0,x')).toEqual(usual)
    expect(of('')).toEqual(usual)
  })

  it('name what they show', () => {
    speak('zh-CN')
    const title = (wish: string, of = both) => scenesOf(of, [wish]).map((scene) => sceneTitle(of, scene))
    expect(title('persons')).toEqual(['个人'])
    expect(title('teams')).toEqual(['团体'])
    expect(title('county')).toEqual(['东湖区', '北岭县'])
    expect(title('teams/county')).toEqual(['北岭县 · 团体'])
    expect(title('persons', feed())).toEqual([''])
    expect(fieldOf(grouped, 2)).toBe('12 名选手 · 2 支队')
    expect(fieldOf(head({ entries: 2 }), 2)).toBe('2 支队')
  })
})

describe('the pages of scenes', () => {
  it('follow one another', () => {
    expect(pagesOfAll(both, scenesOf(both, usual))).toEqual([2, 1])
    expect(sequence([2, 1], Infinity)).toEqual([
      { scene: 0, page: 0 },
      { scene: 0, page: 1 },
      { scene: 1, page: 0 },
    ])
  })

  it('that are too many for a turn are the first ones of every scene', () => {
    const shown = (pages: number[], limit: number) => sequence(pages, limit).map((t) => `${t.scene}.${t.page}`)
    expect(shown([5, 2], 3)).toEqual(['0.0', '0.1', '1.0'])
    expect(shown([5, 1, 2, 1], 2)).toEqual(['0.0', '1.0', '2.0', '3.0'])
    expect(shown([3], 2)).toEqual(['0.0', '0.1'])
  })
})
