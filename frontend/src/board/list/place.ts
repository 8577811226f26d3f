import type { List } from './events'

/** Where one was in the list, for who comes back to it. */
export const place: { q: string; scroll: number; list: List | null } = { q: '', scroll: 0, list: null }
