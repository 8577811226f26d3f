import { said } from '@/shared/said'
import type { Pad } from '../bundle'
import { itemsOf } from '../pads/rule'

/** What was added to a penalty pad between two of its values, in the scheme's own words; "" where nothing was. */
export function addedTo(pad: Pad, before: string, now: string): string {
  const [was, is] = [itemsOf(before), itemsOf(now)]
  return (pad.items ?? [])
    .flatMap((item) => {
      const more = Number(is.get(item.id) ?? 0) - Number(was.get(item.id) ?? 0)
      if (more <= 0) return []
      const name = said(item.name, item.name_en)
      return [item.counted && more > 1 ? `${name} ×${more}` : name]
    })
    .join('；')
}
