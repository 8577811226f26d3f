import type { Column, Feed, Head, Ranking, Row } from './frames'

/** Which part of a board is looked at: persons or teams, all of them or one group's. */
export interface Choice {
  team: boolean
  /** "" for all. */
  by: Ranking | ''
  g: number
}

export const everybody: Choice = { team: false, by: '', g: 0 }

/** A row as a list shows it. */
export interface Listed extends Row {
  /** The rank in the whole list, where `rank` is the one in a group. */
  whole?: number
}

export interface Group {
  g: number
  name: string
  /** How many rows of it are shown. */
  n: number
}

/** Whether anybody competes as a team. Teams stand behind persons. */
export function hasTeams({ rows }: Pick<Feed, 'rows'>): boolean {
  return rows.at(-1)?.team === true
}

/** Whether there are persons beside the teams. */
export function hasPersons({ rows }: Pick<Feed, 'rows'>): boolean {
  return rows.length > 0 && !rows[0]?.team
}

/** The rows of a choice, ranked as it ranks. */
export function rowsOf({ head, rows }: Pick<Feed, 'head' | 'rows'>, { team, by, g }: Choice): Listed[] {
  const list = rows.filter((row) => !row.team === !team)
  const at = by ? (head.rankings ?? []).indexOf(by) : -1
  if (at < 0) return list
  return list.flatMap((row) => {
    const within = row.in?.[at]
    return within?.g === g ? [{ ...row, rank: within.r, whole: row.rank }] : []
  })
}

/** The groups of a ranking in which the list has somebody, by number. */
export function groupsIn({ head, rows }: Pick<Feed, 'head' | 'rows'>, team: boolean, by: Ranking): Group[] {
  const at = (head.rankings ?? []).indexOf(by)
  const found = new Map<number, number>()
  for (const row of rows) {
    const g = row.in?.[at]?.g
    if (g && !row.team === !team) found.set(g, (found.get(g) ?? 0) + 1)
  }
  return [...found].sort(([a], [b]) => a - b).map(([g, n]) => ({ g, name: groupName(head, by, g), n }))
}

/** What a group is called; its number where nobody named it. */
export function groupName(head: Head, by: Ranking, g: number): string {
  return head.groups?.[by]?.[g] ?? `#${g}`
}

/** Where a row stands in each of its groups. */
export function placesOf(head: Head, row: Row): { by: Ranking; name: string; rank?: number }[] {
  return (head.rankings ?? []).flatMap((by, at) => {
    const within = row.in?.[at]
    return within ? [{ by, name: groupName(head, by, within.g), rank: within.r }] : []
  })
}

/** A team's members, in the persons' order. */
export function membersOf({ rows }: Pick<Feed, 'rows'>, team: string): Row[] {
  return rows.filter((row) => row.of === team)
}

/** The columns of a list with its rows' parts: persons lack those of teams, and a sum of members has no maximum. */
export function columnsFor<R extends Row>(
  { columns }: Pick<Head, 'columns'>,
  rows: readonly R[],
  team: boolean,
): { columns: Column[]; rows: R[] } {
  if (!columns.some((c) => c.of)) return { columns: team ? columns.map(unlimited) : columns, rows: [...rows] }
  if (team) return { columns: columns.map((c) => (c.of ? c : unlimited(c))), rows: [...rows] }
  const mine = (_: unknown, i: number) => !columns[i]?.of
  return { columns: columns.filter(mine), rows: rows.map((row) => ({ ...row, parts: row.parts?.filter(mine) })) }
}

function unlimited({ id, name }: Column): Column {
  return { id, name }
}
