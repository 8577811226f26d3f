import type { components } from '@/shared/api'

/** What the server says of results, by the names that these pages use. */
type S = components['schemas']

export type ResultStatus = S['ResultStatus']
export type ResultState = ResultStatus['state']
export type Outstanding = S['Outstanding']
export type Line = S['OutstandingLine']
export type LineKind = Line['kind']
export type Owed = Line['works'][number]
export type Recheck = S['Recheck']
export type Drawn = NonNullable<Recheck['drawn']>
export type RecheckWork = S['RecheckWork']
export type RecheckRule = Required<S['RecheckRule']>
export type Awards = S['Awards']
export type Winner = S['AwardWinner']

/** 裁判席: who sits in a chair. */
export interface Chair {
  number: number
  judge: string
}
