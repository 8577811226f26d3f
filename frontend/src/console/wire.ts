import type { components } from '@/shared/api'

/** What the server says, by the names that the console uses. The contract is schemas/openapi.yaml. */
type S = components['schemas']

export type Account = S['Account']
export type Grant = S['Grant']
export type Role = Grant['role']
export type OwnSession = S['OwnSession']
export type AuditEntry = S['AuditEntry']
export type Device = S['Device']
export type PairingCode = S['PairingCode']
export type Contest = Required<S['Contest']>
export type Kind = S['NewContest']['kind']
export type EventOf = Required<S['Event']>
export type Chair = S['Chair']
export type SchemeOfEvent = S['SchemeOfEvent']
export type SchemeVersion = S['SchemeVersion']
export type SchemeChanges = S['SchemeChanges']
export type SchemeChange = S['SchemeChange']
export type SchemeStep = S['SchemeStep']
export type Entry = S['Entries']['entries'][number]
export type EntriesPage = S['Entries']
export type NewEntry = S['NewEntry']
export type Unit = S['Unit']
export type Host = S['Host']
export type PackageCounts = S['PackageCounts']
export type PackageFault = S['PackageFault']
export type DeskRow = S['DeskRow'] & { phase: Phase }
export type Progress = S['EventProgress'] & { phase: Phase }
export type RecordLine = S['RecordLine']
export type Act = S['Act']
export type ActKind = Act['act']
export type Phase = 'waiting' | 'running' | 'provisional' | 'official'
export type Status = NonNullable<Act['status']>
