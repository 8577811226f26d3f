/** An exact number n/d in lowest terms, d > 0. Marks never meet a binary fraction. */
export interface Exact {
  n: bigint
  d: bigint
}

export const ZERO: Exact = { n: 0n, d: 1n }

const DECIMAL = /^(-?)(\d{1,9})(?:\.(\d{1,6}))?$/
const FRACTION = /^(-?\d+)\/(\d+)$/

function reduce(n: bigint, d: bigint): Exact {
  let [a, b] = [n < 0n ? -n : n, d]
  while (b > 0n) [a, b] = [b, a % b]
  return a === 0n ? ZERO : { n: n / a, d: d / a }
}

export function whole(n: number): Exact {
  return { n: BigInt(n), d: 1n }
}

/** Reads a value as judges write it: nine digits, six decimals; null when the text is anything else. */
export function parse(text: string): Exact | null {
  const found = DECIMAL.exec(text)
  if (!found) return null
  const [, sign, digits, decimals = ''] = found
  const n = BigInt(digits + decimals)
  return reduce(sign ? -n : n, 10n ** BigInt(decimals.length))
}

/** Reads a number of a table, which may be a fraction or longer than a value; "" and nonsense are null. */
export function number(text: string | undefined): Exact | null {
  if (!text) return null
  const fraction = FRACTION.exec(text)
  if (fraction) return reduce(BigInt(fraction[1] ?? 0), BigInt(fraction[2] ?? 1))
  const long = /^(-?\d+)(?:\.(\d+))?$/.exec(text)
  return long && reduce(BigInt((long[1] ?? '') + (long[2] ?? '')), 10n ** BigInt(long[2]?.length ?? 0))
}

export function compare(a: Exact, b: Exact): number {
  const side = a.n * b.d - b.n * a.d
  return side < 0n ? -1 : side > 0n ? 1 : 0
}

export const add = (a: Exact, b: Exact): Exact => reduce(a.n * b.d + b.n * a.d, a.d * b.d)
export const subtract = (a: Exact, b: Exact): Exact => reduce(a.n * b.d - b.n * a.d, a.d * b.d)
export const multiply = (a: Exact, b: Exact): Exact => reduce(a.n * b.n, a.d * b.d)
export const least = (a: Exact, b: Exact): Exact => (compare(a, b) <= 0 ? a : b)
export const most = (a: Exact, b: Exact): Exact => (compare(a, b) >= 0 ? a : b)

/** b must not be zero. */
export function divide(a: Exact, b: Exact): Exact {
  return b.n < 0n ? reduce(-a.n * b.d, a.d * -b.n) : reduce(a.n * b.d, a.d * b.n)
}

/** Says whether a is a whole number of steps. A step of zero allows everything. */
export function isMultiple(a: Exact, step: Exact): boolean {
  return step.n === 0n || (a.n * step.d) % (a.d * step.n) === 0n
}

/** Writes a number exactly: as few decimals as it needs, a fraction where none are enough. */
export function write({ n, d }: Exact): string {
  let places = 0
  let scale = 1n
  while (scale % d !== 0n && places < 12) {
    scale *= 10n
    places++
  }
  return scale % d === 0n ? decimal((n * scale) / d, places) : `${n}/${d}`
}

/** For the eye only: at least two decimals, and a fraction rounded half up to two. */
export function show(a: Exact): string {
  const text = write(a)
  if (!text.includes('/')) return (text.split('.')[1]?.length ?? 0) >= 2 ? text : decimal((a.n * 100n) / a.d, 2)
  const twice = 200n * (a.n < 0n ? -a.n : a.n)
  const rounded = (twice / a.d + 1n) / 2n
  return `≈${decimal(a.n < 0n ? -rounded : rounded, 2)}`
}

function decimal(n: bigint, places: number): string {
  const digits = (n < 0n ? -n : n).toString().padStart(places + 1, '0')
  const point = digits.length - places
  return (n < 0n ? '-' : '') + digits.slice(0, point) + (places > 0 ? `.${digits.slice(point)}` : '')
}
