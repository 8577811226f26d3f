import type { components } from '@/shared/api'

/** What the server says of an evening, by the names that these pages use. */
type S = components['schemas']

export type Evening = S['Evening']
export type EveningChair = Evening['chairs'][number]
export type EveningWork = Evening['works'][number]
export type EveningSpread = S['EveningSpread']
export type EveningPanels = S['EveningPanels']
export type EveningAspect = EveningPanels['aspects'][number]
export type Reason = S['EveningReason']
export type Call = S['Call']
