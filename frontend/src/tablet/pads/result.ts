import * as m from '@/paraglide/messages'
import type { Band, Pad } from '../bundle'
import { number, show } from './exact'
import { read } from './rule'

/** What a marked value comes to, in words; "" where only the panel or the field can say. */
export function resultWords(pad: Pad, value: string): string {
  const outcome = read(pad, value)
  if (!outcome.ok) return ''
  const { mark, voids } = outcome.reading
  switch (pad.kind) {
    case 'judgement':
    case 'panel':
      return pad.each === false ? m.tablet_got({ mark: show(mark) }) : m.tablet_given()
    case 'deductions':
      return '' // the pad itself says 配分 / 扣分 / 得分
    case 'gate':
      return voids ? m.tablet_gate_found() : m.tablet_gate_none()
    case 'penalty':
      return voids ? m.tablet_voids() : m.tablet_taken({ mark: show(mark) })
    case 'relative':
      return m.tablet_noted() // its mark depends on the others
    case 'time':
      return pad.free || !number(pad.max)?.n ? m.tablet_noted() : m.tablet_got({ mark: show(mark) })
    default:
      return m.tablet_got({ mark: show(mark) })
  }
}

/** One line on how the aspect is marked: its kind, its rule where that is short, its maximum. */
export function ruleWords(pad: Pad): string {
  const parts = [kindWords(pad.kind), ...shortRule(pad)]
  if (pad.max && pad.kind !== 'gate' && pad.kind !== 'penalty' && number(pad.max)?.n) {
    parts.push(m.tablet_max({ max: pad.max }))
  }
  if (!pad.required) parts.push(m.tablet_optional())
  return parts.join(' · ')
}

function kindWords(kind: string): string {
  switch (kind) {
    case 'judgement':
      return m.tablet_kind_judgement()
    case 'points':
    case 'panel':
    case 'grades':
      return m.tablet_kind_points()
    case 'deductions':
      return m.tablet_kind_deductions()
    case 'penalty':
      return m.tablet_kind_penalty()
    case 'gate':
      return m.tablet_kind_gate()
    case 'time':
      return m.tablet_kind_time()
    default:
      return m.tablet_kind_measurement()
  }
}

/** The numbers that an aspect takes at all, "0–8 mm"; "" where it takes any. */
export function spanOf(pad: Pick<Pad, 'min' | 'high'>, unit = ''): string {
  return pad.min && pad.high ? spanWords({ lo: pad.min, hi: pad.high }, unit) : ''
}

function shortRule(pad: Pad): string[] {
  if (pad.kind === 'counted' && pad.per) return [m.tablet_rule_per({ per: pad.per })]
  if (pad.free && pad.min && pad.high) return [`${pad.min}–${pad.high}${pad.unit ? ` ${pad.unit}` : ''}`]
  const [only] = pad.bands ?? []
  if (only && pad.bands?.length === 1) return [m.tablet_rule_right({ span: spanWords(only, pad.unit) })]
  return []
}

function spanWords(band: Band, unit = ''): string {
  const tail = unit && unit !== 's' ? ` ${unit}` : ''
  if (band.lo && band.hi) return band.lo === band.hi ? band.lo + tail : `${band.lo}–${band.hi}${tail}`
  return band.hi ? `≤ ${band.hi}${tail}` : `≥ ${band.lo ?? ''}${tail}`
}
