import type { components } from '@/shared/api'

/** What the server says about honours. The contract is schemas/openapi.yaml. */
type S = components['schemas']

export type Campaign = S['HonourCampaign']
export type Sequence = S['HonourSequence']
export type Step = S['HonourStep']
export type Nomination = S['HonourNomination']
export type Content = Required<S['HonourContent']>
export type Notice = S['HonourNotice']
export type Objection = S['HonourObjection']
export type Opinion = S['HonourOpinion']
export type Proposal = S['HonourProposal']
export type Body = S['HonourBody']
export type Filing = S['HonourFiling']
export type Profile = S['HonourProfile']
export type Incident = S['HonourIncident']
export type Honoured = S['Honoured']
export type Entry = S['HonourEntry']
export type QuotaLine = S['HonourQuotaLine']
export type Share = S['HonourShare']
export type Way = S['HonourWay']
export type Paper = S['HonourFile']
export type State = Nomination['state']

/** A nomination with all that was gathered on its way. */
export interface NominationFile {
  nomination: Nomination
  opinions: Opinion[]
  notices: Notice[]
  objections: Objection[]
  records: Entry[]
  proposal: Proposal | null
  cast: number
  ways: Way[]
}

/** The tables that campaigns and filings choose from. */
export interface Rules {
  profiles: Profile[]
  sequences: Sequence[]
  calendar_until: number
}

/** A campaign with its procedure, as its pages need it. */
export interface CampaignOf {
  campaign: Campaign
  sequence: Sequence
}
