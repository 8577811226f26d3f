import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { cellKey, workKey, type Pad, type Sheet, type Sub, type Work } from '../bundle'
import { isMarked, padsOf, placesOf, progressOf, sheetsOf, type Progress } from '../cells'
import type { Tablet } from '../tablet'

/** One line of the list at the left: a sub-criterion and how far it is. */
export interface Part extends Progress {
  sheet: Sheet
  sub: Sub
  /** All its aspects, the optional ones too. */
  all: number
  returned: boolean
}

export interface SheetNav {
  sheets: ComputedRef<Sheet[]>
  parts: ComputedRef<Part[]>
  at: ShallowRef<number>
  part: ComputedRef<Part | undefined>
  progress: ComputedRef<Progress>
  /** The first required aspect without a mark, seen from where the judge is. */
  unmarked: () => { part: number; pad: Pad } | null
}

const NOWHERE = { work: '', identity: 'open' } as const

/** Where the judge is in a work's sheet, and what is missing in it. */
export function useNav(tablet: Tablet, found: () => Work | undefined): SheetNav {
  const work = () => found()?.work ?? ''
  const sheets = computed(() => {
    const bundle = tablet.bundle.value
    const here = found()
    return bundle && here ? sheetsOf(bundle, here) : []
  })
  const parts = computed<Part[]>(() => {
    const [cells, rounds] = [tablet.cells.value, tablet.rounds.value]
    return sheets.value.flatMap((sheet) =>
      sheet.subs.map((sub) => ({
        sheet,
        sub,
        all: sub.aspects.length,
        returned: sub.aspects.some((pad) => placesOf(work(), pad, rounds).some((p) => cells.get(cellKey(p))?.returned)),
        ...progressOf(sub.aspects, cells, work(), rounds),
      })),
    )
  })
  const at = shallowRef(0)
  watch(
    () => workKey(found() ?? NOWHERE),
    () => (at.value = firstOpen()),
    { immediate: true },
  )

  function firstOpen(): number {
    return Math.max(
      0,
      parts.value.findIndex((p) => p.done < p.need),
    )
  }

  function unmarked(): { part: number; pad: Pad } | null {
    for (let i = 0; i < parts.value.length; i++) {
      const index = (at.value + i) % parts.value.length
      const pads = parts.value[index]?.sub.aspects ?? []
      const pad = pads.find((p) => p.required && !isMarked(tablet.cells.value, work(), p, tablet.rounds.value))
      if (pad) return { part: index, pad }
    }
    return null
  }

  return {
    sheets,
    parts,
    at,
    part: computed(() => parts.value[at.value]),
    progress: computed(() => progressOf(padsOf(sheets.value), tablet.cells.value, work(), tablet.rounds.value)),
    unmarked,
  }
}
