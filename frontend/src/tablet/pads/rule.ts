import type { Band, Listed, Pad } from '../bundle'
import * as x from './exact'
import type { Exact } from './exact'

/** Why a value is not this aspect's value: a code of the error catalogue and the bound in question. */
export interface Refusal {
  code: string
  hint: string
}

/** An accepted value: its one written form, the mark it gives, and what a finding voids. */
export interface Reading {
  value: string
  mark: Exact
  voids: string
}

export type Outcome = { ok: true; reading: Reading } | { ok: false; refusal: Refusal }

type Numbers = { ok: true; value: string; all: Exact[] } | { ok: false; refusal: Refusal }

/**
 * Reads a value by the pad's table, as the server does; both are held to schemas/pad-vectors.json. Nothing that
 * depends on another judge is here: panels, factors, sums and totals are the server's.
 */
export function read(pad: Pad, value: string): Outcome {
  if (pad.options?.length) return readOption(pad, value)
  if (pad.items?.length) return readItems(pad, pad.items, value)
  if (pad.inputs && pad.inputs.length > 1) return readInputs(pad, value, pad.inputs.length)
  if (pad.readings) return readReadings(pad, value, pad.readings)
  const one = readNumber(pad, value)
  return one.ok ? ofNumber(pad, one.value, one.all[0] ?? x.ZERO) : one
}

function refuse(code: string, hint = ''): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { code: `judging.${code}`, hint } }
}

function accept(value: string, mark: Exact, voids = ''): Outcome {
  return { ok: true, reading: { value, mark, voids } }
}

/** A plain decimal. One that is only too long is told as out of range or step: that is what it is to its writer. */
function plain(text: string): Numbers {
  const value = x.parse(text)
  if (value) return { ok: true, value: x.write(value), all: [value] }
  if (!/^-?\d+(\.\d+)?$/.test(text)) return refuse('malformed_value')
  const digits = text.replace('-', '').split('.')[0] ?? ''
  if (digits.length <= 9) return refuse('off_step', '0.000001')
  return text.startsWith('-') ? refuse('below_min', '-999999999') : refuse('above_max', '999999999')
}

function readNumber(pad: Pad, text: string): Numbers {
  const found = plain(text)
  if (!found.ok) return found
  const value = found.all[0] ?? x.ZERO
  const [min, high, step] = [x.number(pad.min), x.number(pad.high), x.number(pad.step)]
  if (min && x.compare(value, min) < 0) return refuse('below_min', x.write(min))
  if (high && x.compare(value, high) > 0) return refuse('above_max', x.write(high))
  if (step && !x.isMultiple(value, step)) return refuse('off_step', x.write(step))
  return found
}

function ofNumber(pad: Pad, text: string, value: Exact): Outcome {
  if (pad.ranges?.length) {
    const inside = pad.ranges.some((r) => holds({ lo: r.from, hi: r.to }, value))
    return inside ? accept(text, value) : refuse('between_grades', x.write(value))
  }
  if (pad.free) return accept(text, value)
  const max = x.number(pad.max) ?? x.ZERO
  const per = x.number(pad.per)
  if (per) return accept(text, x.most(x.subtract(max, x.multiply(per, value)), x.ZERO))
  if (pad.linear) {
    const limit = x.number(pad.linear.limit) ?? x.ZERO
    const best = x.number(pad.linear.best) ?? x.ZERO
    const share = x.divide(x.subtract(limit, value), x.subtract(limit, best))
    return accept(text, x.multiply(max, x.least(x.most(share, x.ZERO), x.whole(1))))
  }
  return accept(text, lookUp(pad, [value]))
}

function holds(band: Band, value: Exact): boolean {
  const [lo, hi] = [x.number(band.lo), x.number(band.hi)]
  if (lo) {
    const side = x.compare(value, lo)
    if (side < 0 || (side === 0 && band.lo_open)) return false
  }
  if (hi) {
    const side = x.compare(value, hi)
    if (side > 0 || (side === 0 && band.hi_open)) return false
  }
  return true
}

function lookUp(pad: Pad, values: Exact[]): Exact {
  const first = values[0] ?? x.ZERO
  const band = pad.bands?.find((b) => holds(b, first))
  if (band) return x.number(band.mark) ?? x.ZERO
  const row = pad.rows?.find((r) => r.when.every((b, i) => holds(b, values[i] ?? x.ZERO)))
  return x.number(row ? row.mark : pad.else) ?? x.ZERO
}

function readOption(pad: Pad, value: string): Outcome {
  const options = pad.options ?? []
  const option = options.find((o) => o.value === value)
  if (option) {
    return accept(value, x.number(option.mark) ?? x.ZERO, pad.kind === 'gate' && value === '1' ? 'gate' : '')
  }
  const found = plain(value)
  if (!found.ok) return found
  const number = found.all[0] ?? x.ZERO
  const top = x.whole(options.length - 1)
  if (number.n < 0n) return refuse('below_min', '0')
  if (x.compare(number, top) > 0) return refuse('above_max', x.write(top))
  return number.d === 1n ? readOption(pad, x.write(number)) : refuse('off_step', '1')
}

function readAll(pad: Pad, value: string, count: number): Numbers {
  const parts = value.split(';')
  if (parts.length !== count) return refuse('wrong_count', String(count))
  const all: Exact[] = []
  const texts: string[] = []
  for (const part of parts) {
    const one = readNumber(pad, part)
    if (!one.ok) return one
    all.push(one.all[0] ?? x.ZERO)
    texts.push(one.value)
  }
  return { ok: true, value: texts.join(';'), all }
}

function readInputs(pad: Pad, value: string, count: number): Outcome {
  const found = readAll(pad, value, count)
  return found.ok ? accept(found.value, lookUp(pad, found.all)) : found
}

function readReadings(pad: Pad, value: string, { count, take }: { count: number; take: string }): Outcome {
  const found = readAll(pad, value, count)
  if (!found.ok) return found
  const high = found.all.reduce(x.most)
  const low = found.all.reduce(x.least)
  const taken: Record<string, () => Exact> = {
    min: () => low,
    mean: () => x.divide(found.all.reduce(x.add), x.whole(count)),
    range: () => x.subtract(high, low),
  }
  return ofNumber(pad, found.value, taken[take]?.() ?? high)
}

const WIDTH: Record<string, number> = { '': 0, criterion: 1, component: 2, entry: 3 }

function readItems(pad: Pad, items: Listed[], value: string): Outcome {
  const given = new Map<string, Exact>()
  for (const part of value === '' ? [] : value.split(';')) {
    const at = part.indexOf('=')
    if (at < 0) return refuse('malformed_value')
    const id = part.slice(0, at)
    const item = items.find((i) => i.id === id)
    if (!item) return refuse('unknown_item')
    if (given.has(id)) return refuse('duplicate_item', id)
    const found = readItem(item, part.slice(at + 1))
    if (!found.ok) return found
    given.set(id, found.all[0] ?? x.ZERO)
  }
  return sumItems(pad, items, given)
}

/** One number of a listed item: how often, or how much. */
export function readItem(item: Listed, text: string): Numbers {
  const found = plain(text)
  if (!found.ok) return found
  const value = found.all[0] ?? x.ZERO
  const [amount, from, to, step] = [item.amount, item.from, item.to, item.step].map(x.number)
  if (value.n < 0n) return refuse('below_min', '0')
  if (item.counted) return value.d === 1n ? found : refuse('off_step', '1')
  if (amount && !x.isMultiple(value, amount)) return refuse('off_step', x.write(amount))
  if (from && value.n > 0n && x.compare(value, from) < 0) return refuse('below_min', x.write(from))
  if (to && x.compare(to, value) < 0) return refuse('above_max', x.write(to))
  if (step && !x.isMultiple(value, step)) return refuse('off_step', x.write(step))
  return found
}

/** What one item takes off when it stands at a number. */
export function takenBy(item: Listed, value: Exact): Exact {
  const cap = x.number(item.cap)
  const amount = item.counted ? x.multiply(x.number(item.amount) ?? x.ZERO, value) : value
  return cap ? x.least(amount, cap) : amount
}

function sumItems(pad: Pad, items: Listed[], given: Map<string, Exact>): Outcome {
  const parts: string[] = []
  let taken = x.ZERO
  let voids = ''
  for (const item of items) {
    const value = given.get(item.id)
    if (!value || value.n === 0n) continue
    parts.push(`${item.id}=${x.write(value)}`)
    taken = x.add(taken, takenBy(item, value))
    if ((WIDTH[item.voids ?? ''] ?? 0) > (WIDTH[voids] ?? 0)) voids = item.voids ?? ''
  }
  const cap = x.number(pad.cap)
  if (cap) taken = x.least(taken, cap)
  const max = x.number(pad.max) ?? x.ZERO
  const mark = pad.kind === 'deductions' ? x.most(x.subtract(max, taken), x.ZERO) : taken
  return accept(parts.join(';'), mark, voids)
}

/** "id=number;id=number" as a map; the empty text is none. */
export function itemsOf(value: string): Map<string, string> {
  const all = new Map<string, string>()
  for (const part of value.split(';')) {
    const at = part.indexOf('=')
    if (at > 0) all.set(part.slice(0, at), part.slice(at + 1))
  }
  return all
}
