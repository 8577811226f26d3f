/** What is asked about a seat before a word is said, or shown of it. */
export type Ask = 'pause' | 'add' | 'violation' | 'hand_in' | 'no_work' | 'absent' | 'sign' | 'refuse' | 'undo' | 'more'

/** A question about one seat; at is when it was tapped: the clock stands from the tap, not from the answer. */
export interface Asking {
  what: Ask
  key: string
  at: number
}
