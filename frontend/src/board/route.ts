import { shallowRef } from 'vue'

/** The event that is looked at, "" in the list. The address is `/#/e/<id>`; `/?e=<id>` (from a QR code) becomes it. */
export const event = shallowRef('')

export function startRoute(): void {
  const query = new URLSearchParams(location.search)
  const asked = query.get('e')
  if (asked) {
    query.delete('e')
    const rest = query.size ? `?${query}` : ''
    history.replaceState(null, '', `${location.pathname}${rest}${linkTo(asked)}`)
  }
  addEventListener('hashchange', read)
  read()
}

export function linkTo(id: string): string {
  return `#/e/${encodeURIComponent(id)}`
}

function read(): void {
  event.value = decodeURIComponent(/^#\/e\/([^/?]+)/.exec(location.hash)?.[1] ?? '')
}
