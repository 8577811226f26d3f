import { ask } from '@/shared/http'
import type { Phase } from '@/shared/live/frames'

export interface Listed {
  id: string
  contest: string
  contest_name?: string
  trade: string
  trade_en?: string
  phase: Phase
  entries: number
}

/** The public events of a contest, or all; null when nobody answered. */
export async function listEvents(contest: string): Promise<Listed[] | null> {
  const query = contest ? `contest=${encodeURIComponent(contest)}&` : ''
  const answer = await ask<{ events: Listed[] }>('GET', `/api/v1/public/events?${query}limit=500`)
  return answer.kind === 'ok' && answer.data ? answer.data.events : null
}

/** Those that have something to show; all of them before the first has begun. */
export function worthShowing(events: Listed[]): Listed[] {
  const begun = events.filter((e) => e.phase !== 'waiting')
  return begun.length ? begun : events
}
