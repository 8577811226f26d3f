import { isLabel } from '../label'

/** What the QR code of a label says: the label, and by the end of its id which event it is of. */
const LABEL = /^jt:([^:\s]{1,40}):([0-9a-f]{8})$/

/** What was read, seen from the work that is to be marked. */
export type Reading<W> =
  | { is: 'right' }
  | { is: 'other_work'; label: string; work: W }
  | { is: 'not_yours'; label: string }
  | { is: 'other_event' }
  | { is: 'foreign' }

/** Says whose label it is. Nothing of it is kept: only a right one opens a sheet. */
export function readingOf<W extends { work: { work: string }; identity: string }>(
  text: string,
  event: string,
  wanted: W,
  all: readonly W[],
): Reading<W> {
  const [, label, of] = LABEL.exec(text.trim()) ?? []
  if (!label || !of) return { is: 'foreign' }
  if (!event.toLowerCase().endsWith(of)) return { is: 'other_event' }
  if (isLabel(wanted.work.work, label)) return { is: 'right' }
  const work = all.find((w) => w.identity === wanted.identity && isLabel(w.work.work, label))
  return work ? { is: 'other_work', label, work } : { is: 'not_yours', label }
}
