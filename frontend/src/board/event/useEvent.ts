import { computed, onScopeDispose, shallowRef, type ComputedRef } from 'vue'
import { openLive, topicOf } from '@/shared/live/event'
import type { Link } from '@/shared/live/client'
import type { Feed } from '@/shared/live/frames'
import { moved, type Moves } from '@/shared/live/moves'

export interface EventState {
  feed: Feed | null
  moves: Moves
  link: Link
  missing: boolean
  /** The time of the data in milliseconds: of the last change while the feed lives, of the last word once it does not. */
  at: number
}

/** Follows one event's public view while the scope lives. */
export function useEvent(id: string): ComputedRef<EventState> {
  const topic = topicOf(id)
  const client = openLive({ changed: read })
  const state = shallowRef<EventState>({ feed: null, moves: new Map(), link: 'opening', missing: false, at: 0 })

  function read(): void {
    const { link, heard, skew } = client
    const was = state.value
    const feed = client.feeds.get(topic) ?? null
    const missing = client.missing.has(topic)
    const at = link === 'live' ? (feed?.at ?? 0) : heard + skew
    if (feed === was.feed && link === was.link && missing === was.missing && at === was.at) return
    const moves = feed && feed !== was.feed ? moved(was.moves, was.feed, feed, Date.now()) : was.moves
    state.value = { feed, moves, link, missing, at }
  }

  client.follow(topic)
  onScopeDispose(() => client.close())
  return computed(() => state.value)
}
