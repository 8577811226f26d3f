import { ask } from '@/shared/http'
import type { Phase } from '@/shared/live/frames'

/** One event of the public list. */
export interface Listed {
  id: string
  contest: string
  contest_name?: string
  kind: string
  trade: string
  trade_en?: string
  title?: string
  title_en?: string
  stage: string
  group?: string
  hall?: string
  phase: Phase
  frozen: boolean
  entries: number
  done: number
  need: number
  updated_at?: string | null
}

export interface List {
  q: string
  /** When the server gave it, in milliseconds. */
  at: number
  events: Listed[]
  total: number
}

let etag: string | null = null

/** The events that match; what we have when nothing changed, null when nobody answered. */
export async function find(q: string, have: List | null): Promise<List | null> {
  const path = `/api/v1/public/events?limit=500&q=${encodeURIComponent(q)}`
  const same = have?.q === q ? have : null
  const answer = await ask<{ events: Listed[]; total: number }>('GET', path, { etag: same && etag })
  if (answer.kind !== 'ok') return null
  etag = answer.etag
  const at = Date.now()
  return answer.data ? { q, at, ...answer.data } : same && { ...same, at }
}

/** By contest, in the server's order. */
export function byContest(events: Listed[]): Listed[][] {
  const groups = new Map<string, Listed[]>()
  for (const e of events) {
    const group = groups.get(e.contest)
    if (group) group.push(e)
    else groups.set(e.contest, [e])
  }
  return [...groups.values()]
}
