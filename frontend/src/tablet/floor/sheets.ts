import type { Bundle, Sheet } from '../bundle'
import { padsOf } from '../cells'

const isFloor = (bundle: Bundle) => bundle.chair.panel === 'floor' || /现场/.test(bundle.chair.panel_name ?? '')

/** Modules whose clocks this chair keeps: those done in sight of the judges, and timed, or of the floor's own panel. */
export function floorSheets(bundle: Bundle): Sheet[] {
  const own = isFloor(bundle)
  return bundle.sheets.filter(
    (s) => s.criterion.identity !== 'coded' && (own || padsOf([s]).some((p) => p.kind === 'time')),
  )
}
