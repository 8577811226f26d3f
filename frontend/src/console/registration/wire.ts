import type { components } from '@/shared/api'

/** What the server says about registration. The contract is schemas/openapi.yaml. */
type S = components['schemas']
export type Row = S['RegistrationRow']
export type View = S['RegistrationView']
export type Terms = S['RegistrationTerms']
export type TermsVersion = S['RegistrationTermsVersion']
export type Sheet = S['WorkbookResult']
export type Act = S['RegistrationDecision']['act']

export interface Page {
  registrations: Row[]
  total: number
  counts: Record<string, number>
}
