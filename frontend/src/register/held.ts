import { shallowRef } from 'vue'
import type { Receipt } from './wire'

/** The receipt that opens the own page, in memory alone: a phone in a workshop is lent and a browser keeps what it is
 * told to keep. */
export const held = shallowRef<Receipt | null>(null)
