import type { Pad } from '../bundle'

/** Which of the pads an aspect is marked on. */
export type Widget = 'choice' | 'levels' | 'number' | 'several' | 'items' | 'grades' | 'time'

/** The pad of an aspect, by what its table is made of; a kind that is new to this page still finds its pad. */
export function widgetOf(pad: Pad): Widget {
  if (pad.options?.length) return pad.options.some((o) => o.text) ? 'levels' : 'choice'
  if (pad.items?.length) return 'items'
  if ((pad.inputs?.length ?? 0) > 1 || pad.readings) return 'several'
  if (pad.ranges?.length) return 'grades'
  return pad.kind === 'time' ? 'time' : 'number'
}

/** Values that one mark has: inputs of a table, or readings. */
export function countOf(pad: Pad): number {
  return pad.inputs && pad.inputs.length > 1 ? pad.inputs.length : (pad.readings?.count ?? 1)
}
