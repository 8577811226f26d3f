import { shallowRef } from 'vue'
import type { Receipt } from './wire'

/** The receipt that opens the own page, in memory alone: a phone in a workshop is lent and a browser keeps what it is
 * told to keep. */
export const held = shallowRef<Receipt | null>(null)

/** A number or a secret as it was typed, in what an address and a header can carry: full-width letters become plain,
 * and what is none of ours goes, so that it is simply wrong. */
export function plain(typed: string): string {
  return typed.normalize('NFKC').replace(/[^0-9A-Za-z]/g, '') || '0'
}

/** How the receipt is shown to the server: the number names, the secret travels in a header and never in an address. */
export function shown(receipt: Receipt): { path: string; headers: Record<string, string> } {
  return { path: `/registrations/${plain(receipt.number)}`, headers: { 'X-Receipt-Secret': plain(receipt.secret) } }
}
