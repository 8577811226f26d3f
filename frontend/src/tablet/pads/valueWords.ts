import * as m from '@/paraglide/messages'
import { said } from '@/shared/said'
import type { Pad } from '../bundle'
import { clockOf, digitsOf } from './keys'
import { itemsOf } from './rule'
import { widgetOf } from './widget'

/** The words on the two buttons of a finding; the server names them in one word. */
export function optionWords(label: string): string {
  const names: Record<string, () => string> = {
    yes: m.tablet_yes,
    no: m.tablet_no,
    none: m.tablet_none_found,
    found: m.tablet_found,
  }
  return names[label]?.() ?? label
}

/** A value as its judge saw it when he gave it. */
export function valueWords(pad: Pad, value: string): string {
  switch (widgetOf(pad)) {
    case 'choice':
      return optionWords(pad.options?.find((o) => o.value === value)?.label ?? value)
    case 'time':
      return clockOf(digitsOf(value))
    case 'items':
      return itemWords(pad, value)
    default:
      return value.replaceAll(';', ' / ') + (pad.unit ? ` ${pad.unit}` : '')
  }
}

function itemWords(pad: Pad, value: string): string {
  if (value === '') return pad.kind === 'penalty' ? m.tablet_no_penalty() : m.tablet_no_deduction()
  return [...itemsOf(value)]
    .map(([id, amount]) => {
      const item = pad.items?.find((i) => i.id === id)
      return `${said(item?.name, item?.name_en) || id} ${item?.counted ? '×' : '−'}${amount}`
    })
    .join(' / ')
}
