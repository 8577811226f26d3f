import type { Identity } from './bundle'

const CODED = /^(\d+)([A-Za-z])$/

/**
 * A work's label as the list may show it. The check letter of a work code stays hidden until it was typed: it is to
 * be read from the specimen, not from this page.
 */
export function shownLabel(work: string, identity: Identity, confirmed: boolean): string {
  if (identity !== 'coded' || confirmed) return work
  return CODED.exec(work)?.[1] ?? work
}

/** Says whether what was typed is the work's code, letter and all. */
export function isLabel(work: string, typed: string): boolean {
  return plain(work) === plain(typed)
}

function plain(code: string): string {
  return code.replace(/[^0-9A-Za-z]/g, '').toUpperCase()
}
