import type { RecordLine } from '../wire'

/** The late marks that nobody has counted yet. */
export function waitingLate(records: readonly RecordLine[]): RecordLine[] {
  const counted = new Set(records.filter((r) => r.kind === 'count').map((r) => r.supersedes))
  return records.filter((r) => r.kind === 'late' && !counted.has(r.mark_id))
}
