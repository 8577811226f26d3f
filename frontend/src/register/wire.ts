import type { components } from '@/shared/api'

/** What the server says, by the names that this page uses. The contract is schemas/openapi.yaml. */
type S = components['schemas']
export type Call = S['RegistrationCall']
export type CallRow = S['RegistrationCallRow']
export type Draft = Required<S['RegistrationDraft']>
export type View = S['RegistrationView']

/** What a person takes away: the number names the application, the secret opens it. */
export interface Receipt {
  number: string
  secret: string
}
