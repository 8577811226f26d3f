import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { openLive, topicOf } from '@/shared/live/event'
import type { Feed } from '@/shared/live/frames'
import { moved, type Moves } from '@/shared/live/moves'
import { doubt } from './guard'
import { LATE } from './health'
import { keepLast, lastGood } from './lastGood'
import { merged } from './merge'

const MERGE = 400

export interface WallState {
  feed: Feed | null
  moves: Moves
  /** The server is there and what it said last was refused. */
  doubtful: boolean
  missing: boolean
}

export interface Wall {
  state: ShallowRef<WallState>
  /** Milliseconds for which nothing, or only an answer to polling, was heard of the server. */
  silence: () => number
  /** The server's time of day, in milliseconds. */
  now: () => number
  /** When the server last said that what stands is so. */
  until: () => number
}

/** Follows one event after another; updates are merged, and what a wall must not show is not let in. */
export function useWall(event: Readonly<Ref<string>>): Wall {
  const kept = lastGood()
  // A board from before the reload says soon that it is one.
  const opened = Date.now() - (kept ? LATE - 1000 : 0)
  const refused = new Set<string>()
  let spoken = opened // by the socket
  let good = kept?.at ?? opened
  const state = shallowRef<WallState>({ feed: null, moves: new Map(), doubtful: false, missing: false })
  const paint = merged(read, MERGE)
  const client = openLive({
    changed() {
      if (client.link === 'live') spoken = client.heard
      paint.ask()
    },
    accept(next, now, { topic, snapshot }) {
      const refuse = doubt(next, now, snapshot === true) !== ''
      if (refuse) refused.add(topic)
      else refused.delete(topic)
      return !refuse
    },
  })

  function read(): void {
    const topic = topicOf(event.value)
    const feed = client.feeds.get(topic) ?? null
    const was = state.value
    const missing = client.missing.has(topic)
    const doubtful = refused.has(topic)
    if (client.heard && !doubtful) good = client.heard + client.skew
    if (feed && !doubtful) keepLast({ topic, feed, at: good })
    if (!feed && was.feed && !missing) return // the event before stands until the next one is there
    if (feed === was.feed && missing === was.missing && doubtful === was.doubtful) return
    const same = was.feed?.head.event.id === feed?.head.event.id
    const moves = feed ? moved(same ? was.moves : new Map(), same ? was.feed : null, feed, Date.now()) : new Map()
    state.value = { feed, moves, doubtful, missing }
  }

  watch(
    event,
    (id, before) => {
      if (before) client.leave(topicOf(before))
      refused.clear()
      if (id) client.follow(topicOf(id), kept?.topic === topicOf(id) ? kept.feed : null)
      read()
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    paint.stop()
    client.close()
  })
  return {
    state,
    silence() {
      const now = Date.now()
      // Polling keeps the board true, but late.
      return Math.max(now - (client.heard || opened), Math.min(now - spoken, LATE))
    },
    now: () => Date.now() + client.skew,
    until: () => good,
  }
}
