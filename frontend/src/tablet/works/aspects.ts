import { computed, type ComputedRef } from 'vue'
import type { Pad, Sheet, Sub } from '../bundle'
import { isMarked, type Progress } from '../cells'
import type { Tablet } from '../tablet'
import type { Listed } from './list'

/** 评分点 with the works that have it: the sheets of a chair, the other way round. */
export interface ListedAspect extends Progress {
  pad: Pad
  sub: Sub
  sheet: Sheet
  /** The works that are there to be marked in it, in the order of the list. */
  works: Listed[]
}

/** All aspects of this chair in the order of the scheme, with how many works have their mark. */
export function useAspects(tablet: Tablet, works: ComputedRef<Listed[]>): ComputedRef<ListedAspect[]> {
  return computed(() => {
    const [cells, rounds] = [tablet.cells.value, tablet.rounds.value]
    return (tablet.bundle.value?.sheets ?? []).flatMap((sheet) => {
      const here = works.value.filter((w) => w.competes && w.work.criteria.includes(sheet.criterion.id))
      return sheet.subs.flatMap((sub) =>
        sub.aspects.map((pad): ListedAspect => {
          const done = here.filter((w) => isMarked(cells, w.work.work, pad, rounds)).length
          return { pad, sub, sheet, works: here, done, need: here.length }
        }),
      )
    })
  })
}
