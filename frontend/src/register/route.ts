import { shallowRef } from 'vue'

/** Where one is: the list of calls, an event's form, or one's own registration. */
export interface Place {
  page: 'calls' | 'form' | 'own'
  /** The event of a form; the number of a receipt on one's own page, or "". */
  id: string
}

export const place = shallowRef<Place>({ page: 'calls', id: '' })

/** Follows the address: `/register#/e/<event>`, `#/own`; `/register?event=<event>` (from a poster) becomes the first. */
export function startRoute(): void {
  const query = new URLSearchParams(location.search)
  const event = query.get('event')
  if (event) {
    query.delete('event')
    history.replaceState(null, '', `${location.pathname}${query.size ? `?${query}` : ''}${toForm(event)}`)
  }
  addEventListener('hashchange', read)
  read()
}

export const toCalls = '#/'
export const toOwn = '#/own'
export function toForm(event: string): string {
  return `#/e/${encodeURIComponent(event)}`
}

function read(): void {
  const [, page, id] = /^#\/(e|own)(?:\/([^/?]+))?/.exec(location.hash) ?? []
  if (page === 'e' && id) place.value = { page: 'form', id: decodeURIComponent(id) }
  else place.value = page === 'own' ? { page: 'own', id: '' } : { page: 'calls', id: '' }
  scrollTo(0, 0)
}
