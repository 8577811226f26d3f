import type { components } from '@/shared/api'

/** What the server says of stages, by the names that these pages use. */
type S = components['schemas']

export type Way = S['StageWay']
export type Stop = S['StageStop']
export type Ref = S['StageRef']
export type Choice = S['StageChoice']
export type WayAct = S['StageAct']
export type Advance = S['StageAdvance']
export type Candidate = S['StageCandidate']
export type Why = Candidate['why']
export type Difference = S['StageDifference']
export type Change = S['StageChange']
export type Taken = S['StageTaken']
export type Carry = S['StageCarry']
export type CarriedCell = S['StageCarriedCell']
export type CarriedOver = S['StageCarriedOver']
