import * as m from '@/paraglide/messages'
import type { Device } from '../wire'
import type { EveningChair } from './wire'

/** 一席的平板: the one in front of a chair, and those that it replaced. */
export interface Seat {
  chair: EveningChair
  now: Device | null
  /** Numbers of its marks that never came. */
  holes: readonly number[]
  /** Signatures that wait in it. */
  signatures: number
  /** Replaced tablets, and how many marks they have handed over. */
  old: number
  handed: number
}

/** The tablets by chair: each chair once, also the one that has none. */
export function seatsOf(
  chairs: readonly EveningChair[],
  devices: readonly Device[],
  states: readonly { device: string; holes: readonly number[]; signatures?: number }[],
): Seat[] {
  return chairs.map((chair) => {
    const mine = devices.filter((d) => d.chair === chair.chair)
    const now = mine.filter((d) => !d.frozen).sort((a, b) => (a.paired_at < b.paired_at ? 1 : -1))[0] ?? null
    const old = mine.filter((d) => d.frozen && d.why === 'replaced')
    const state = states.find((s) => s.device === now?.id)
    return {
      chair,
      now,
      holes: state?.holes ?? [],
      signatures: state?.signatures ?? 0,
      old: old.length,
      handed: old.reduce((n, d) => n + d.handed, 0),
    }
  })
}

const most = 8

/** Missing numbers as one says them: runs are drawn together, and the first ones stand for many. */
export function numbersOf(holes: readonly number[]): string {
  const runs: [number, number][] = []
  for (const n of holes) {
    const last = runs.at(-1)
    if (last && last[1] === n - 1) last[1] = n
    else runs.push([n, n])
  }
  const said = runs.slice(0, most).map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`))
  return said.join(m.evening_and()) + (runs.length > most ? ' …' : '')
}
