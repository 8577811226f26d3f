import { crc32, deflateSync } from 'node:zlib'
import { encode } from 'uqr'

// Grey pictures of pages, as a copier makes them.

/** White rows of grey dots, each behind the byte that names its filter. */
export function paper(width: number, height: number): Buffer {
  const dots = Buffer.alloc((width + 1) * height, 255)
  for (let y = 0; y < height; y++) dots[y * (width + 1)] = 0
  return dots
}

/** Such rows as a picture. */
export function png(width: number, height: number, dots: Buffer): Buffer {
  const chunk = (kind: string, body: Buffer) => {
    const size = Buffer.alloc(4)
    size.writeUInt32BE(body.length)
    const said = Buffer.concat([Buffer.from(kind), body])
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(said))
    return Buffer.concat([size, said, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(dots)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A small page, with a QR code where papers have theirs; without one when there is no text: the copier had no toner. */
export function copied(text = ''): Buffer {
  const [width, height, unit] = [620, 877, 4]
  const dots = paper(width, height)
  const code = text ? encode(text, { border: 0 }).data : []
  code.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (!dark) return
      for (let i = 0; i < unit * unit; i++) {
        const line = 50 + y * unit + Math.floor(i / unit)
        dots[line * (width + 1) + 1 + 440 + x * unit + (i % unit)] = 0
      }
    }),
  )
  return png(width, height, dots)
}
