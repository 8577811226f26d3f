import type { Feed } from '@/shared/live/frames'

/** Why a wall refuses a state; "" when it does not. */
export type Doubt = 'empty' | 'zero' | 'fewer' | ''

// Public topics carry no more.
const CARRIED = 200

/**
 * Says what is wrong with a state that would replace another. A wall keeps the last good board rather than show
 * nonsense: rows leave only one by one in a frame, or because the head says that less is shown now; scores do not all
 * vanish at once.
 */
export function doubt(next: Feed, now: Feed | null, snapshot: boolean): Doubt {
  const { head, rows } = next
  if (closed(next)) return ''
  const short = isWhole(next) && rows.length < Math.min(head.entries, CARRIED)
  if (!now?.rows.length) return short && !rows.length && head.phase !== 'waiting' ? 'empty' : ''
  if (!snapshot) return lostScores(next, now) ? 'zero' : ''
  const anew = next.epoch !== now.epoch
  if (!rows.length) return anew && head.phase === 'waiting' && !head.entries ? '' : 'empty'
  if (lostScores(next, now)) return 'zero'
  const fewer = rows.length < now.rows.length
  return fewer && (anew ? short : head.release === now.head.release) ? 'fewer' : ''
}

/** Names are not for the public now, and the head says so. */
function closed({ head }: Feed): boolean {
  return head.sealed || head.release === 'progress' || head.release === 'none'
}

/** The policy shows everybody. */
function isWhole({ head }: Feed): boolean {
  return head.release === 'live' || head.release === 'ranks'
}

function lostScores(next: Feed, now: Feed): boolean {
  return next.head.release === now.head.release && hasScore(now) && !hasScore(next)
}

function hasScore({ rows }: Feed): boolean {
  return rows.some(({ total, points }) => /[1-9]/.test(total ?? points ?? ''))
}
