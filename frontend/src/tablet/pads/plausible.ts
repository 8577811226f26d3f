import type { Band, Pad } from '../bundle'
import * as x from './exact'
import type { Exact } from './exact'
import { itemsOf, read } from './rule'

/**
 * Why a value that the rule takes is asked about once before it is written down: a slip of the finger costs a
 * contestant more than a question costs a judge. Nothing is refused here; who says yes has said it.
 */
export interface Doubt {
  /** point: a decimal point is missing · far: far from what the scheme knows · unlike: unlike the other values given
   * here · reading: one reading is unlike the others · many: more than takes everything away · void: makes void. */
  code: 'point' | 'far' | 'unlike' | 'reading' | 'many' | 'void'
  /** What was probably meant, as the pad writes it. */
  instead?: string
  /** The usual span, or how many already take everything. */
  hint: string
}

const TEN = x.whole(10)
const TWO = x.whole(2)

/** What is odd about a value, or null. Others are the judge's own values of this aspect for other works. */
export function doubtOf(pad: Pad, value: string, others: readonly string[] = []): Doubt | null {
  const outcome = read(pad, value)
  if (!outcome.ok) return null
  if (outcome.reading.voids || makesVoid(pad, value)) return { code: 'void', hint: '' }
  if (pad.options?.length || pad.items?.length || pad.ranges?.length) return null
  const all = value.split(';').map((v) => x.parse(v) ?? x.ZERO)
  if (pad.inputs && pad.inputs.length > 1) return doubtOfInputs(pad, all)
  if (pad.readings) return doubtOfReadings(pad, all)
  const one = all[0] ?? x.ZERO
  if (pad.per) return doubtOfCount(pad, one)
  if (pad.linear) return doubtOfTime(pad, one)
  const span = spanOfBands(pad.bands ?? [], pad.min)
  if (span) return doubtOfNumber(pad, one, span)
  return pad.high ? null : doubtByOthers(one, others)
}

function makesVoid(pad: Pad, value: string): boolean {
  const given = itemsOf(value)
  return pad.items?.some((i) => i.voids && (x.parse(given.get(i.id) ?? '')?.n ?? 0n) > 0n) === true
}

interface Span {
  lo: Exact | null
  hi: Exact | null
}

/** What the bands cover together, as far as it has ends; one that reaches up from nothing begins at the least value. */
function spanOfBands(bands: readonly Band[], min?: string): Span | null {
  const ends = (which: 'lo' | 'hi') => bands.map((b) => x.number(b[which])).filter((e) => e !== null)
  const [los, his] = [ends('lo'), ends('hi')]
  const hi = his.length > 0 ? his.reduce(x.most) : null
  const least = x.number(min) ?? x.ZERO
  const lo = los.length === bands.length && los.length > 0 ? los.reduce(x.least) : hi && hi.n > 0n ? least : null
  return lo || hi ? { lo, hi } : null
}

function isFar(value: Exact, { lo, hi }: Span): boolean {
  if (lo && hi) {
    const width = x.multiply(TWO, x.subtract(hi, lo))
    const room = x.most(width, x.divide(size(hi), TEN))
    const beyond = x.most(x.subtract(value, hi), x.subtract(lo, value))
    return room.n > 0n && x.compare(beyond, room) > 0
  }
  const end = lo ?? hi
  if (!end || end.n <= 0n) return false
  return x.compare(value, x.multiply(end, TEN)) >= 0 || x.compare(x.multiply(value, TEN), end) <= 0
}

function isInside(value: Exact, { lo, hi }: Span): boolean {
  return (!lo || x.compare(value, lo) >= 0) && (!hi || x.compare(value, hi) <= 0)
}

const size = (a: Exact): Exact => (a.n < 0n ? { n: -a.n, d: a.d } : a)

/** Whether so many tenths of the value lie where values usually do: then a decimal point is missing. */
function pointOf(pad: Pad, value: Exact, span: Span): string | null {
  if (value.n === 0n || !(span.lo && span.hi)) return null
  // Below a span that begins at nothing everything fits in the end; one place is as far as a finger slips.
  for (const tenths of span.lo.n > 0n ? [10, 100, 1000] : [10]) {
    const meant = x.divide(value, x.whole(tenths))
    if (isInside(meant, span) && read(plain(pad), x.write(meant)).ok) return x.write(meant)
  }
  return null
}

/** The pad as it is for one number. */
const plain = (pad: Pad): Pad => ({ ...pad, inputs: undefined, readings: undefined, rows: undefined })

function doubtOfNumber(pad: Pad, value: Exact, span: Span): Doubt | null {
  if (!isFar(value, span)) return null
  const hint = words(span)
  const instead = pointOf(pad, value, span)
  return instead ? { code: 'point', instead, hint } : { code: 'far', hint }
}

function words({ lo, hi }: Span): string {
  if (lo && hi) return `${x.write(lo)}–${x.write(hi)}`
  return hi ? `≤ ${x.write(hi)}` : `≥ ${x.write(lo ?? x.ZERO)}`
}

function doubtOfCount(pad: Pad, count: Exact): Doubt | null {
  const [max, per] = [x.number(pad.max), x.number(pad.per)]
  if (!max || !per || max.n <= 0n || per.n <= 0n || x.compare(count, x.whole(5)) < 0) return null
  const all = x.divide(max, per)
  if (x.compare(count, x.multiply(all, TWO)) < 0) return null
  const enough = x.whole(Number((all.n + all.d - 1n) / all.d))
  return { code: 'many', hint: x.write(enough) }
}

/** Twice the time allowed, or a quarter of the best: hours were typed as minutes, or the other way round. */
function doubtOfTime(pad: Pad, seconds: Exact): Doubt | null {
  const [limit, best] = [x.number(pad.linear?.limit), x.number(pad.linear?.best)]
  if (!limit || !best) return null
  const isLong = x.compare(seconds, x.multiply(limit, TWO)) > 0
  const isShort = x.compare(x.multiply(seconds, x.whole(4)), best) < 0
  return isLong || isShort ? { code: 'far', hint: words({ lo: best, hi: limit }) } : null
}

function doubtOfInputs(pad: Pad, all: Exact[]): Doubt | null {
  for (const [i, value] of all.entries()) {
    const span = spanOfBands(
      (pad.rows ?? []).map((r) => r.when[i] ?? {}).filter((b) => b.lo ?? b.hi),
      pad.min,
    )
    if (span && isFar(value, span)) return { code: 'far', hint: words(span) }
  }
  return null
}

function doubtOfReadings(pad: Pad, all: Exact[]): Doubt | null {
  const sizes = all.map(size)
  const [low, high] = [sizes.reduce(x.least), sizes.reduce(x.most)]
  if (low.n > 0n && x.compare(high, x.multiply(low, TEN)) >= 0) return { code: 'reading', hint: x.write(high) }
  const span = pad.readings?.take === 'range' ? null : spanOfBands(pad.bands ?? [], pad.min)
  const far = span && all.find((v) => isFar(v, span))
  return far && span ? { code: 'far', hint: words(span) } : null
}

/** Ten times more than all, or ten times less than all, of at least two. */
function doubtByOthers(value: Exact, others: readonly string[]): Doubt | null {
  const known = others.map(x.parse).filter((o): o is Exact => o !== null && o.n > 0n)
  if (known.length < 2 || value.n <= 0n) return null
  const [low, high] = [known.reduce(x.least), known.reduce(x.most)]
  const isOdd = x.compare(value, x.multiply(high, TEN)) >= 0 || x.compare(x.multiply(value, TEN), low) <= 0
  return isOdd ? { code: 'unlike', hint: words({ lo: low, hi: high }) } : null
}
