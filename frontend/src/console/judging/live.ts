import { onScopeDispose, shallowRef, triggerRef, type ShallowRef } from 'vue'
import { LiveClient, type Link } from '@/shared/live/client'
import type { Feed } from '@/shared/live/frames'

/** One topic followed: what is known of it and how the line is. */
export interface Followed {
  feed: ShallowRef<Feed | null>
  link: ShallowRef<Link>
  /** The server has no such topic for us (yet). */
  missing: ShallowRef<boolean>
}

/**
 * Follows a topic while the scope lives. A topic that is missing is asked for again now and then: a contest has no
 * desk before its first event is open.
 */
export function useTopic(topic: string): Followed {
  const feed = shallowRef<Feed | null>(null)
  const link = shallowRef<Link>('opening')
  const missing = shallowRef(false)
  const client = new LiveClient({
    open: () => new WebSocket(`${location.origin.replace(/^http/, 'ws')}/live`),
    poll: () => Promise.resolve(null), // the page itself asks over HTTP
    changed: () => {
      link.value = client.link
      missing.value = client.missing.has(topic)
      feed.value = client.feeds.get(topic) ?? null
      triggerRef(feed)
    },
  })
  client.follow(topic)
  const again = setInterval(() => {
    if (!client.missing.has(topic)) return
    client.leave(topic)
    client.follow(topic)
  }, 5000)
  onScopeDispose(() => {
    clearInterval(again)
    client.close()
  })
  return { feed, link, missing }
}
