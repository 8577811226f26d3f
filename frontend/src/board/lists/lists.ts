import { shallowRef } from 'vue'
import * as m from '@/paraglide/messages'
import type { Feed, Head, Ranking, Row } from '@/shared/live/frames'
import {
  columnsFor,
  everybody,
  hasPersons,
  hasTeams,
  placesOf,
  rowsOf,
  type Choice,
  type Listed,
} from '@/shared/live/lists'
import { event, linkTo } from '../route'

// What an event with teams or groups needs beside a plain ranking. It is fetched when such an event is looked at.
export { default as ListBar } from './ListBar.vue'
export { default as MoreOf } from './MoreOf.vue'

/** The board as it came, of which a part is shown. */
export const whole = shallowRef<Feed | null>(null)

/** The part that was asked for; the address remembers it. */
export const choice = shallowRef<Choice>(everybody)

/** A row of a list, with what stands under its rank. */
export interface Noted extends Listed {
  note?: string
}

/** The part of a feed that is chosen, as a feed. */
export function narrow(feed: Feed): Feed & { rows: Noted[] } {
  whole.value = feed
  const { by, g } = choice.value
  const team = isTeams(feed)
  const rows: Noted[] = rowsOf(feed, { team, by, g })
  for (const row of rows) if (row.whole) row.note = m.board_whole({ n: row.whole })
  const others = feed.rows.filter((row) => !row.team !== !team).length
  const entries = by ? rows.length : feed.head.entries - others
  const { columns, rows: shown } = columnsFor(feed.head, rows, team)
  return { ...feed, head: { ...feed.head, entries, columns }, rows: shown }
}

/** Whether teams are looked at: where there are any, and always where there is nobody else. */
export function isTeams(feed: Feed): boolean {
  return hasTeams(feed) && (choice.value.team || !hasPersons(feed))
}

/** Chooses, and writes the choice into the address. */
export function choose(next: Partial<Choice>): void {
  const { team, by, g } = (choice.value = { ...choice.value, ...next })
  const query = new URLSearchParams()
  if (team) query.set('list', 'team')
  if (by) query.set(by, String(g))
  history.replaceState(null, '', `${linkTo(event.value)}${query.size ? `?${query}` : ''}`)
}

/** Chooses a part in which a row stands, when it does not stand in the present one. */
export function reveal(feed: Feed, k: string): void {
  const row = feed.rows.find((r) => r.k === k)
  if (row && !narrow(feed).rows.some((r) => r.k === k)) choose({ ...everybody, team: row.team === true })
}

/** Where a row stands in its groups, in one line; "" where in none. */
export function placesLine(head: Head, row: Row): string {
  return placesOf(head, row)
    .filter((p) => p.rank)
    .map((p) => m.board_place_in({ name: p.name, n: p.rank ?? 0 }))
    .join(' · ')
}

export function rankingWord(by: Ranking): string {
  return { group: m.board_by_group, county: m.board_by_county, unit: m.board_by_unit }[by]()
}

function read(): void {
  const query = new URLSearchParams(/\?(.*)/.exec(location.hash)?.[1])
  const by = (['group', 'county', 'unit'] as const).find((word) => Number(query.get(word)) > 0)
  choice.value = { team: query.get('list') === 'team', by: by ?? '', g: by ? Number(query.get(by)) : 0 }
}

addEventListener('hashchange', read)
read()
