/** 计分过程: why a total is what it is, as the engine tells it. Strings are shown, never computed with. */
export interface WorkedMark {
  chair?: number
  kind: 'mark' | 'not_performed' | 'absent' | 'missing'
  value?: string
  mark?: string
  dropped?: boolean
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
  tie_break?: WorkedComparison[]
}
