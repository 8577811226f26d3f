export type Health = 'good' | 'late' | 'dead'

export const LATE = 3000
export const DEAD = 10_000

/** What a wall says of its feed after so much silence: nothing, 数据延迟, or the time of the data. */
export function healthOf(silence: number): Health {
  return silence >= DEAD ? 'dead' : silence >= LATE ? 'late' : 'good'
}
