import type { Chair } from '../wire'

export interface Seat {
  number: number
  panel: string
  seat: number
  judge: string
  chief: boolean
}

/** A chair as the table holds it, nothing missing. */
export function seatOf(c: Chair): Seat {
  return { number: c.number ?? 0, panel: c.panel, seat: c.seat ?? 0, judge: c.judge ?? '', chief: c.chief ?? false }
}

/** One more chair of the panel, with the next free number and seat. */
export function added(seats: readonly Seat[], panel: string): Seat[] {
  const own = seats.filter((s) => s.panel === panel)
  const chair = {
    number: Math.max(0, ...seats.map((s) => s.number)) + 1,
    panel,
    seat: Math.max(0, ...own.map((s) => s.seat)) + 1,
    judge: '',
    chief: false,
  }
  return [...seats, chair]
}

/** The chairs that the scheme asks for and that are not there, added: as many as it declares, else one. */
export function completed(seats: readonly Seat[], panels: readonly { id: string; chairs: number }[]): Seat[] {
  let out = [...seats]
  for (const p of panels) {
    while (out.filter((s) => s.panel === p.id).length < Math.max(1, p.chairs)) out = added(out, p.id)
  }
  return out
}

/** The chairs with one chief in a panel: this one, or none when it was. */
export function withChief(seats: readonly Seat[], number: number, on: boolean): Seat[] {
  const panel = seats.find((s) => s.number === number)?.panel
  return seats.map((s) => (s.panel === panel ? { ...s, chief: on && s.number === number } : s))
}
