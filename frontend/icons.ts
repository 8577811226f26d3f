import { crc32, deflateSync } from 'node:zlib'
import type { Plugin } from 'vite'

// The tablet's icon as PNG, for the devices whose home screens do not take icon.svg. It is drawn here after the same
// plan as public/icon.svg: porcelain, three lines of ink, the cinnabar line across them.

type Shape = { from: [number, number]; to: [number, number]; width: number; colour: [number, number, number] }

const PLAN = 64
const PORCELAIN = [0xf6, 0xf4, 0xef] as const
const INK: [number, number, number] = [0x1d, 0x1b, 0x18]
const CINNABAR: [number, number, number] = [0xa8, 0x23, 0x1c]
const lines: Shape[] = [
  { from: [14, 20], to: [50, 20], width: 5, colour: INK },
  { from: [14, 32], to: [50, 32], width: 5, colour: INK },
  { from: [14, 44], to: [38, 44], width: 5, colour: INK },
  { from: [50, 10], to: [50, 54], width: 3, colour: CINNABAR },
]

/** A maskable icon fills its square and keeps the drawing in the middle four fifths: the system cuts the edge. */
export interface Cut {
  size: number
  maskable?: boolean
}

/** Draws the icon; the bytes are the same for the same cut. */
export function drawIcon({ size, maskable = false }: Cut): Buffer {
  const scale = PLAN / size / (maskable ? 0.7 : 1)
  const middle = PLAN / 2
  const rows = Buffer.alloc(size * (size * 4 + 1))
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const at = [middle + (x + 0.5 - size / 2) * scale, middle + (y + 0.5 - size / 2) * scale] as const
      rows.set(pixel(at, scale, maskable), y * (size * 4 + 1) + 1 + x * 4)
    }
  }
  return png(size, rows)
}

function pixel([x, y]: readonly [number, number], step: number, full: boolean): number[] {
  let colour = [...PORCELAIN] as number[]
  for (const line of lines) {
    const cover = covered(toLine(x, y, line) - line.width / 2, step)
    colour = colour.map((c, i) => Math.round(c + (line.colour[i as 0] - c) * cover))
  }
  return [...colour, full ? 255 : Math.round(255 * covered(toSquare(x, y), step))]
}

/** How much of a pixel lies inside, by the distance of its middle from the edge. */
function covered(distance: number, step: number): number {
  return Math.min(1, Math.max(0, 0.5 - distance / step))
}

function toLine(x: number, y: number, { from, to }: Shape): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const along = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy)
  const t = Math.min(1, Math.max(0, along))
  return Math.hypot(x - from[0] - dx * t, y - from[1] - dy * t)
}

function toSquare(x: number, y: number, radius = 14): number {
  const [dx, dy] = [x, y].map((v) => Math.abs(v - PLAN / 2) - (PLAN / 2 - radius)) as [number, number]
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius
}

function png(size: number, rows: Buffer): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  head.set([8, 6, 0, 0, 0], 8) // eight bits, red green blue alpha
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([magic, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), body])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** The icons that public/tablet.webmanifest and tablet.html name. */
export const icons: Record<string, Cut> = {
  'icon-180.png': { size: 180, maskable: true }, // iPads round the corners themselves
  'icon-192.png': { size: 192 },
  'icon-512.png': { size: 512 },
  'icon-maskable-512.png': { size: 512, maskable: true },
}

export function drawnIcons(): Plugin {
  return {
    name: 'drawn-icons',
    apply: 'build',
    generateBundle() {
      for (const [fileName, cut] of Object.entries(icons)) {
        this.emitFile({ type: 'asset', fileName, source: drawIcon(cut) })
      }
    },
  }
}
