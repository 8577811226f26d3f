import * as m from '@/paraglide/messages'
import type { Refusal } from './pads/rule'

/** Why a value cannot be written down, as one says it to a judge. */
export function refusalWords({ code, hint }: Refusal, unit = ''): string {
  const limit = unit ? `${hint} ${unit}` : hint
  switch (code) {
    case 'judging.below_min':
      return m.tablet_refuse_below({ limit })
    case 'judging.above_max':
      return m.tablet_refuse_above({ limit })
    case 'judging.off_step':
      return m.tablet_refuse_step({ step: hint })
    case 'judging.between_grades':
      return m.tablet_refuse_between()
    case 'judging.wrong_count':
      return m.tablet_refuse_count({ n: hint })
    default:
      return m.tablet_refuse_shape()
  }
}
