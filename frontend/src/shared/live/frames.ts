/** What the live feed and the public standings say. Strings are the server's, ready to show: nothing is computed here. */

export type Phase = 'waiting' | 'running' | 'provisional' | 'official'
export type Status = 'competing' | 'dns' | 'dnf' | 'dsq' | 'withdrawn' | 'out'

/** What rows are ranked within beside the whole list: 组别, 县区, 单位. */
export type Ranking = 'group' | 'county' | 'unit'

/** Where a row stands in one of its groups. */
export interface Within {
  /** The group's number; the head has its name. */
  g: number
  /** Missing: not ranked. */
  r?: number
}

export interface Row {
  /** What stands for the entry: its number, or the seat or work code. */
  k: string
  /** A team: pos and rank are among teams, else among persons. */
  team?: boolean
  pos: number
  /** Missing: not ranked. */
  rank?: number
  name?: string
  unit?: string
  total?: string
  /** What it has so far, where the scheme shows that before all is in. */
  points?: string
  parts?: string[]
  done: number
  need: number
  status?: Status
  /** A member's team, by its key. */
  of?: string
  /** One for each of the head's rankings; null: it belongs to none. */
  in?: (Within | null)[]
  /** Pinyin of the name, initials first, for the search. */
  py?: string
}

export interface Column {
  id: string
  name?: string
  max?: string
  /** Only teams have it; in another column a team has the sum of its members that count. */
  of?: 'team'
}

export interface EventWords {
  id: string
  trade?: string
  trade_en?: string
  title?: string
  title_en?: string
  stage?: string
  group?: string
  hall?: string
  contest?: string
  contest_id?: string
  kind?: string
}

export interface Head {
  phase: Phase
  frozen: boolean
  sealed: boolean
  /** live, ranks, top:10, progress or none */
  release: string
  entries: number
  done: number
  need: number
  columns: Column[]
  /** What rows are ranked within; missing while that is not told. */
  rankings?: Ranking[]
  /** Names of groups by ranking and number. */
  groups?: Partial<Record<Ranking, Record<string, string>>>
  event: EventWords
}

export interface Frame {
  topic: string
  epoch: number
  from: number
  to: number
  /** Milliseconds since 1970. */
  ts: number
  snapshot?: boolean
  /** Whole in a snapshot; otherwise the keys that changed. */
  head?: Partial<Head>
  rows: Row[]
  gone?: string[]
}

/** One audience's view of an event, folded from frames. */
export interface Feed {
  epoch: number
  n: number
  /** Milliseconds since 1970: the last change that this audience may know of. */
  at: number
  head: Head
  /** In the order to show: persons, then teams. */
  rows: Row[]
}
