import { describe, expect, it } from 'vitest'
import vectors from '../../../../schemas/pad-vectors.json'
import type { Pad } from '../bundle'
import { number, write } from './exact'
import { read } from './rule'

interface Case {
  value: string
  canonical?: string
  mark?: string
  voids?: string
  refusal?: string
  hint?: string
}

/** A number of the vectors in the one form that write gives it. */
function plain(text: string | undefined): string {
  const value = number(text ?? '')
  return value ? write(value) : '0'
}

// The same file holds the engine: what the tablet shows for a value is what the engine makes of it.
describe.each(vectors.pads as { pad: Pad; cases: Case[] }[])('pad $pad.id', ({ pad, cases }) => {
  it.each(cases)('$value', (c) => {
    const outcome = read(pad, c.value)
    if (c.refusal) {
      expect(outcome).toEqual({ ok: false, refusal: { code: c.refusal, hint: c.hint ?? '' } })
      return
    }
    expect(outcome.ok).toBe(true)
    if (!outcome.ok) return
    const { value, mark, voids } = outcome.reading
    expect({ value, mark: write(mark), voids }).toEqual({
      value: c.canonical,
      mark: plain(c.mark),
      voids: c.voids ?? '',
    })
  })
})
