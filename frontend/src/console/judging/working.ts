import * as m from '@/paraglide/messages'

/** 计分过程: why a total is what it is, as the engine tells it. Strings are shown, never computed with. */
export interface WorkedMark {
  chair?: number
  mark_id?: string
  kind: 'mark' | 'not_performed' | 'absent' | 'missing'
  value?: string
  mark?: string
  dropped?: boolean
  /** Its chair was recused: the mark does not count. */
  recused?: boolean
}
export interface WorkedRound {
  marks: WorkedMark[]
  rejected?: boolean
  used: number
  exact?: string
}
export interface WorkedAspect {
  id: string
  code: string
  name: string
  kind: string
  max?: string
  policy?: string
  factor?: string
  mark: string
  take?: string
  void?: boolean
  attempts?: { rounds: WorkedRound[]; value?: string }[]
}
export interface WorkedPenalty {
  aspect: string
  takes: string
}
export interface WorkedCriterion {
  id: string
  code: string
  name: string
  value: string
  exact: string
  factor?: string
  complete: boolean
  void?: boolean
  penalties?: WorkedPenalty[]
  aspects: WorkedAspect[]
}
export interface WorkedComponent {
  id: string
  name: string
  value: string
  exact: string
  share: string
  shared: string
  complete: boolean
  void?: boolean
  penalties?: WorkedPenalty[]
  criteria: WorkedCriterion[]
}
export interface WorkedComparison {
  with: number
  by: string
  id?: string
  mine?: string
  theirs?: string
  ahead?: boolean
}
export interface WorkedTeam {
  take: string
  best?: number
  members: { entry: number; status: string; total?: string; counted?: boolean }[]
  counted: number
  least: number
  exact: string
  value: string
}
export interface Worked {
  work: string
  status: string
  complete: boolean
  total: string
  exact: string
  rank?: number
  done: number
  need: number
  void?: boolean
  labels: Record<string, string>
  penalties?: WorkedPenalty[]
  components: WorkedComponent[]
  /** Of a team: how its members make its total. */
  team?: WorkedTeam
  tie_break?: WorkedComparison[]
}

/** How members make a team's total, in words. */
export function takeWord({ take, best }: Pick<WorkedTeam, 'take' | 'best'>): string {
  if (take === 'best') return m.console_take_best({ n: best ?? 1 })
  return take === 'mean' ? m.console_take_mean() : m.console_take_sum()
}
