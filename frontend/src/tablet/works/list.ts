import { computed, type ComputedRef } from 'vue'
import { cellKey, workKey, type Identity, type Work } from '../bundle'
import { padsOf, placesOf, progressOf, sheetsOf, workState, type Progress, type WorkState } from '../cells'
import { shownLabel } from '../label'
import type { Tablet } from '../tablet'

/** A work as the list shows it. */
export interface Listed extends Progress {
  key: string
  work: Work
  label: string
  identity: Identity
  state: WorkState
  /** The entry competes: it is there to be marked. */
  competes: boolean
  /** Its label still has to be read from the work itself. */
  unconfirmed: boolean
}

/** All works of this chair, in the order of the bundle. */
export function useWorks(tablet: Tablet): ComputedRef<Listed[]> {
  return computed(() => {
    const bundle = tablet.bundle.value
    if (!bundle) return []
    const cells = tablet.cells.value
    const rounds = tablet.rounds.value
    return bundle.works.map((work): Listed => {
      const sheets = sheetsOf(bundle, work)
      const pads = padsOf(sheets)
      const progress = progressOf(pads, cells, work.work, rounds)
      const touched = pads.some((pad) => placesOf(work.work, pad, rounds).some((p) => cells.has(cellKey(p))))
      const finished =
        sheets.length > 0 && sheets.every((s) => tablet.finished.value.has(`${work.work}\n${s.criterion.id}`))
      const identity = work.identity
      const known = touched || finished || tablet.confirmed.value.has(work.work)
      return {
        ...progress,
        key: workKey(work),
        work,
        identity,
        label: shownLabel(work.work, identity, known),
        state: workState(progress, touched, finished),
        competes: work.status === '' || work.status === 'competing' || work.status === 'out',
        unconfirmed: identity === 'coded' && !known,
      }
    })
  })
}
