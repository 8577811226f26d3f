import { ask } from '@/shared/http'
import { LiveClient, type Wiring } from './client'
import type { Frame } from './frames'

/** The public topic of an event, or of one row of it, whatever its place. */
export function topicOf(event: string, k?: string): string {
  return `event/${event}/${k ? `entry/${k}` : 'public'}`
}

/** Where the same is asked for. */
export function standingsOf(event: string, k?: string): string {
  return `/api/v1/public/events/${event}/standings${k ? `/${encodeURIComponent(k)}` : ''}`
}

/** A client of this server's feed. Whoever opens it closes it. */
export function openLive(rest: Pick<Wiring, 'changed' | 'accept'>): LiveClient {
  const tags = new Map<string, string | null>()
  const client: LiveClient = new LiveClient({
    ...rest,
    open: () => new WebSocket(`${location.origin.replace(/^http/, 'ws')}/live`),
    async poll(topic) {
      const etag = client.feeds.get(topic) ? tags.get(topic) : null
      const [, event = '', , k] = topic.split('/')
      const answer = await ask<Frame>('GET', standingsOf(event, k), { etag })
      if (answer.kind === 'problem') return answer.problem.status === 404 ? 'missing' : null
      if (answer.kind === 'nothing') return null
      tags.set(topic, answer.etag)
      return answer.data ?? 'same'
    },
  })
  const wake = () => document.hidden || client.wake()
  addEventListener('online', wake)
  document.addEventListener('visibilitychange', wake)
  const close = client.close.bind(client)
  client.close = () => {
    removeEventListener('online', wake)
    document.removeEventListener('visibilitychange', wake)
    close()
  }
  return client
}
