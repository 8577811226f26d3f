import * as m from '@/paraglide/messages'
import type { Feed, Head, Ranking } from '@/shared/live/frames'
import { everybody, groupName, groupsIn, hasPersons, hasTeams, rowsOf, type Choice } from '@/shared/live/lists'
import { pagesOf } from './pages'

/** What a wall is asked to show of an event, one after the other: `persons`, `teams`, `group` (each group in turn),
 * `group:2` (one of them), and `teams/county` where teams are ranked within. */
export const usual: readonly string[] = ['persons', 'teams']

const WISH = /^(teams\/)?(group|county|unit)(?::([1-9]\d{0,3}))?$/

/** Whether a wall understands a wish. */
export function isWish(text: string): boolean {
  return text === 'persons' || text === 'teams' || WISH.test(text)
}

/** The scenes that the event has something for; never none. */
export function scenesOf(feed: Pick<Feed, 'head' | 'rows'>, wishes: readonly string[]): Choice[] {
  const found = wishes.flatMap((wish) => wished(feed, wish))
  return found.length ? found : [{ ...everybody, team: !hasPersons(feed) && hasTeams(feed) }]
}

function wished(feed: Pick<Feed, 'head' | 'rows'>, wish: string): Choice[] {
  if (wish === 'persons') return hasPersons(feed) ? [everybody] : []
  if (wish === 'teams') return hasTeams(feed) ? [{ ...everybody, team: true }] : []
  const [, teams, word, number] = WISH.exec(wish) ?? []
  if (!word) return []
  const by = word as Ranking
  const team = teams !== undefined
  return groupsIn(feed, team, by)
    .filter(({ g }) => !number || g === Number(number))
    .map(({ g }) => ({ team, by, g }))
}

/** A page of a scene. */
export interface Turn {
  scene: number
  page: number
}

/**
 * The pages of all scenes in order. Where fewer may be shown, every scene has its first before one has its second; none
 * is left out.
 */
export function sequence(pages: readonly number[], limit: number): Turn[] {
  const all = pages.flatMap((n, scene) => Array.from({ length: n }, (_, page) => ({ scene, page })))
  const most = Math.max(limit, pages.length)
  if (all.length <= most) return all
  const kept = new Set([...all].sort((a, b) => a.page - b.page || a.scene - b.scene).slice(0, most))
  return all.filter((turn) => kept.has(turn))
}

export function pagesOfAll(feed: Pick<Feed, 'head' | 'rows'>, scenes: readonly Choice[]): number[] {
  return scenes.map((scene) => pagesOf(rowsOf(feed, scene).length))
}

/** What a scene is called beside the trade; "" for the only list there is. */
export function sceneTitle(feed: Pick<Feed, 'head' | 'rows'>, { team, by, g }: Choice): string {
  const list = hasTeams(feed) && hasPersons(feed) ? (team ? m.screen_teams() : m.screen_persons()) : ''
  return [by && groupName(feed.head, by, g), by && !team ? '' : list].filter(Boolean).join(' · ')
}

/** How many compete: persons, and teams where there are any. */
export function fieldOf(head: Head, teams: number): string {
  const persons = head.entries - teams
  return [persons > 0 && m.screen_entrants({ n: persons }), teams > 0 && m.screen_team_count({ n: teams })]
    .filter(Boolean)
    .join(' · ')
}
