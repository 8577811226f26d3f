import type { PairingCode } from '../wire'

/** One card of the sheet: all that somebody who hands out tablets has to know. */
export interface Card {
  chair: number
  panel: string
  seat: number
  judge: string
  code: string
  url: string
  until: string
}

/** The cards by chair, panel names for their ids. */
export function cardsOf(codes: readonly PairingCode[], panelName: (id: string) => string): Card[] {
  return [...codes]
    .sort((a, b) => a.chair - b.chair)
    .map((c) => ({
      chair: c.chair,
      panel: panelName(c.panel),
      seat: c.seat,
      judge: c.judge,
      code: c.code,
      url: c.url,
      until: c.expires_at,
    }))
}

/** The dark modules of a QR code as one path of unit squares, runs of a row joined. */
export function pathOf(dark: readonly (readonly boolean[])[]): string {
  let d = ''
  dark.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const from = x
      while (row[x + 1]) x++
      d += `M${from} ${y}h${x - from + 1}v1h-${x - from + 1}z`
    }
  })
  return d
}
