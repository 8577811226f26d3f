import type { Device } from '../wire'
import type { EveningChair } from './wire'

/** 一席的平板: the one in front of a chair, and those that it replaced. */
export interface Seat {
  chair: EveningChair
  now: Device | null
  holes: number
  /** Replaced tablets, and how many marks they have handed over. */
  old: number
  handed: number
}

/** The tablets by chair: each chair once, also the one that has none. */
export function seatsOf(
  chairs: readonly EveningChair[],
  devices: readonly Device[],
  states: readonly { device: string; holes: readonly number[] }[],
): Seat[] {
  return chairs.map((chair) => {
    const mine = devices.filter((d) => d.chair === chair.chair)
    const now = mine.filter((d) => !d.frozen).sort((a, b) => (a.paired_at < b.paired_at ? 1 : -1))[0] ?? null
    const old = mine.filter((d) => d.frozen && d.why === 'replaced')
    return {
      chair,
      now,
      holes: states.find((s) => s.device === now?.id)?.holes.length ?? 0,
      old: old.length,
      handed: old.reduce((n, d) => n + d.handed, 0),
    }
  })
}
