import type { components } from '@/shared/api'

/** What the server says of the plan. The contract is schemas/openapi.yaml. */
type S = components['schemas']

export type PlanYear = S['PlanYear']
export type PlanLine = S['PlanLine']
export type PlanEvent = S['PlanEvent']
export type Filing = S['Filing']
export type FilingState = Filing['state']
export type FilingView = S['FilingView']
export type FilingFile = S['FilingFile']
export type FileKind = S['FilingFileKind']
export type FilingStep = S['FilingStep']
export type FilingActKind = FilingView['acts'][number]
export type PlanUpload = S['PlanUpload']
export type HostWithContact = S['HostWithContact']
export type HostContact = S['HostContact']
