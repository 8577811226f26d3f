import { computed, onScopeDispose, shallowRef, type ComputedRef, type Ref } from 'vue'
import { openLive, topicOf } from '@/shared/live/event'
import type { Link } from '@/shared/live/client'
import type { Feed, Row } from '@/shared/live/frames'
import { moved, type Moves } from '@/shared/live/moves'

export interface EventState {
  feed: Feed | null
  moves: Moves
  link: Link
  missing: boolean
  /** The time of the data in milliseconds: of the last change while the feed lives, of the last word once it does not. */
  at: number
  /** The reader's own row, also where it stands beyond what the feed carries. */
  own?: Row
}

/**
 * Follows one event's public view while the scope lives, and the own row beside it where the feed does not carry it;
 * whoever changes the own number says so by chosen.
 */
export function useEvent(id: string, k: Ref<string>): { state: ComputedRef<EventState>; chosen: () => void } {
  const topic = topicOf(id)
  const client = openLive({ changed: read })
  const state = shallowRef<EventState>({ feed: null, moves: new Map(), link: 'opening', missing: false, at: 0 })

  let beside = ''

  function ownRow(feed: Feed | null): Row | undefined {
    const row = feed?.rows.find((row) => row.k === k.value)
    const topic = k.value && !row && feed?.rows.length ? topicOf(id, k.value) : ''
    if (topic !== beside) {
      if (beside) client.leave(beside)
      if (topic) client.follow(topic)
      beside = topic
    }
    return row ?? client.feeds.get(beside)?.rows[0]
  }

  function read(): void {
    const { link, heard, skew } = client
    const was = state.value
    const feed = client.feeds.get(topic) ?? null
    const missing = client.missing.has(topic)
    const at = link === 'live' ? (feed?.at ?? 0) : heard + skew
    const own = ownRow(feed)
    if (feed === was.feed && link === was.link && missing === was.missing && at === was.at && own === was.own) return
    const moves = feed && feed !== was.feed ? moved(was.moves, was.feed, feed, Date.now()) : was.moves
    state.value = { feed, moves, link, missing, at, own }
  }

  client.follow(topic)
  onScopeDispose(() => client.close())
  return { state: computed(() => state.value), chosen: read }
}
