/** A point of a stroke: pixels of the pad, and milliseconds since the first point of the signature. */
export interface Point {
  x: number
  y: number
  t: number
}

/** 笔迹: what a hand drew on a pad of so many pixels, stroke by stroke in the order of drawing. */
export interface Strokes {
  width: number
  height: number
  lines: Point[][]
}

/** The most characters that strokes may come to as text; all of them are ASCII. */
export const MOST = 16_384

/** A pad is not wider or higher than this, and nobody signs for longer than an hour. */
const EDGE = 10_000
const LONGEST = 3_600_000

/** Points nearer than this to the last one say nothing of the hand. */
const NEAR = 2

const GROWTH = 1.4

export function isEmpty(s: Strokes): boolean {
  return s.lines.every((line) => line.length === 0)
}

/**
 * Whether this can be a signature: some length of line, or several strokes. A finger that came down by mistake leaves
 * a dot, and a dot must not close a step.
 */
export function isSigned(s: Strokes): boolean {
  return lengthOf(s) * 8 >= s.width
}

function lengthOf(s: Strokes): number {
  let sum = 0
  for (const line of s.lines) {
    line.forEach((p, i) => (sum += distance(line[i - 1] ?? p, p)))
  }
  return sum
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

/** Takes a point on at the end of the line that is drawn, inside of the pad; says whether the line grew. */
export function extend(line: Point[], p: Point, width: number, height: number): boolean {
  const next = { x: inside(p.x, width), y: inside(p.y, height), t: inside(p.t, LONGEST) }
  const last = line[line.length - 1]
  if (last && distance(last, next) < NEAR) return false
  line.push(next)
  return true
}

function inside(v: number, most: number): number {
  return Math.min(Math.max(0, Math.round(v)), most)
}

/**
 * The strokes as text: `w h` and then for each stroke `;` and its points `x,y,t` with one space between them, all
 * whole numbers. A long signature is thinned, evenly and as little as needed, until its text is not longer than MOST;
 * the first and the last point of a stroke always stay.
 */
export function writeStrokes(s: Strokes): string {
  let text = plain(s)
  for (let gap = NEAR * GROWTH; text.length > MOST && gap < EDGE; gap *= GROWTH) {
    text = plain({ ...s, lines: s.lines.map((line) => thinned(line, gap)) })
  }
  return text.length > MOST ? plain({ ...s, lines: fitting(s) }) : text
}

function plain({ width, height, lines }: Strokes): string {
  const drawn = lines.filter((line) => line.length > 0)
  return [`${width} ${height}`, ...drawn.map((line) => line.map((p) => `${p.x},${p.y},${p.t}`).join(' '))].join(';')
}

function thinned(line: Point[], gap: number): Point[] {
  const kept: Point[] = []
  line.forEach((p, i) => {
    const last = kept[kept.length - 1]
    if (!last || i === line.length - 1 || distance(last, p) >= gap) kept.push(p)
  })
  return kept
}

/** More strokes than the text can hold even as their two ends (a hand that scribbles): the first of them. */
function fitting(s: Strokes): Point[][] {
  const lines: Point[][] = []
  for (const line of s.lines) {
    lines.push(thinned(line, EDGE * 2))
    if (plain({ ...s, lines }).length > MOST) return lines.slice(0, -1)
  }
  return lines
}

/** Reads strokes that writeStrokes wrote; null where the text is anything else. */
export function readStrokes(text: string): Strokes | null {
  if (text.length > MOST) return null
  const [size = '', ...rest] = text.split(';')
  const box = /^(\d{1,5}) (\d{1,5})$/.exec(size)
  if (!box) return null
  const [width, height] = [Number(box[1]), Number(box[2])]
  if (width < 1 || height < 1 || width > EDGE || height > EDGE) return null
  const lines: Point[][] = []
  for (const part of rest) {
    const line = readLine(part, width, height)
    if (!line) return null
    lines.push(line)
  }
  return { width, height, lines }
}

function readLine(text: string, width: number, height: number): Point[] | null {
  const line: Point[] = []
  for (const part of text.split(' ')) {
    const found = /^(\d{1,5}),(\d{1,5}),(\d{1,7})$/.exec(part)
    if (!found) return null
    const p = { x: Number(found[1]), y: Number(found[2]), t: Number(found[3]) }
    if (p.x > width || p.y > height || p.t > LONGEST) return null
    line.push(p)
  }
  return line
}

/** A stroke as the path of an SVG image; a dot is a line of no length, which round caps make visible. */
export function pathOf(line: readonly Point[]): string {
  const [first, ...rest] = line
  if (!first) return ''
  return `M${first.x} ${first.y}${rest.length ? rest.map((p) => `L${p.x} ${p.y}`).join('') : `L${first.x} ${first.y}`}`
}
