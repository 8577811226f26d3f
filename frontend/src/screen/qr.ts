import { encode } from 'uqr'

/** White modules that a reader needs around the code. */
export const MARGIN = 4

/** A QR code as one outline on a grid of size × size modules, its margin included. */
export function outline(text: string): { size: number; d: string } {
  const { size, data } = encode(text, { ecc: 'M', border: MARGIN })
  let d = ''
  data.forEach((line, y) => {
    for (let x = 0; x < size; x++) {
      const from = x
      while (line[x]) x++
      if (x > from) d += `M${from} ${y}h${x - from}v1h-${x - from}z`
    }
  })
  return { size, d }
}

/** Whole pixels at 1080 lines for every module, and at least 260 of them in all: in rem, of which one is ten. */
export function widthOf(size: number): number {
  return (size * Math.ceil(260 / size)) / 10
}
