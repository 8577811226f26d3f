import { isWish, usual } from './scenes'

/** What a wall was asked to show, read from its address. */
export interface Plan {
  event: string
  contest: string
  /** How long each event of a contest stands at least. */
  seconds: number
  /** Which lists of an event are shown, see scenes. */
  scenes: readonly string[]
  /** Where people find the board: QR codes point there. */
  board: string
}

export function planOf(address: string): Plan {
  const url = new URL(address)
  const scenes = (url.searchParams.get('scenes') ?? '').split(',').filter(isWish)
  const seconds = Number(url.searchParams.get('seconds') ?? 20)
  return {
    event: url.searchParams.get('event') ?? '',
    contest: url.searchParams.get('contest') ?? '',
    seconds: seconds >= 5 && seconds <= 3600 ? seconds : 20,
    scenes: scenes.length ? scenes : usual,
    board: boardOf(url.searchParams.get('board'), url.origin),
  }
}

/** The address of an event's board, for a telephone's camera. */
export function linkOf(board: string, event: string): string {
  return `${board}/?e=${event}`
}

// The wall's own address may be one that only the hall's network knows.
function boardOf(asked: string | null, origin: string): string {
  return asked && /^https?:\/\/[^\s"'<>]+$/.test(asked) ? asked.replace(/\/+$/, '') : origin
}
