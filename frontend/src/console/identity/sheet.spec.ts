// @vitest-environment node
import { encode } from 'uqr'
import { describe, expect, it } from 'vitest'
import { draftOf, grantOf, summed } from './grants'
import { cardsOf, pathOf } from './sheet'

const code = (chair: number, panel = 'visual') => ({
  chair,
  panel,
  seat: 1,
  judge: '江一评',
  code: 'K7QM-2XWD',
  url: `https://contest.example/tablet#pair=K7QM2XW${chair}`,
  expires_at: '2026-05-18T20:00:00Z',
})

describe('the pairing sheet', () => {
  it('has a card for each chair, by number, with the panel’s name', () => {
    const cards = cardsOf([code(3), code(1, 'gauge')], (id) => ({ visual: '外观组' })[id] ?? id)
    expect(cards.map((c) => [c.chair, c.panel])).toEqual([
      [1, 'gauge'],
      [3, '外观组'],
    ])
    expect(cards[1]).toMatchObject({ code: 'K7QM-2XWD', url: code(3).url, until: '2026-05-18T20:00:00Z' })
  })

  it('draws every dark module once and no light one', () => {
    const { data, size } = encode(code(1).url, { ecc: 'M', border: 4 })
    const drawn = data.map((r) => r.map(() => 0))
    for (const [, x, y, w] of pathOf(data).matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
      for (let i = 0; i < Number(w); i++) drawn[Number(y)]![Number(x) + i]!++
    }
    expect(drawn).toEqual(data.map((r) => r.map((dark) => (dark ? 1 : 0))))
    expect(data.slice(0, 4).flat().some(Boolean), 'the quiet margin').toBe(false)
    expect(size).toBe(data.length)
  })
})

describe('grants', () => {
  it('name only what their role may name', () => {
    const all = { contest: 'c', event: 'e' }
    expect(grantOf({ role: 'administrator', ...all })).toEqual({ role: 'administrator' })
    expect(grantOf({ role: 'organiser', ...all })).toEqual({ role: 'organiser', contest: 'c' })
    expect(grantOf({ role: 'chief_judge', ...all })).toEqual({ role: 'chief_judge', contest: 'c', event: 'e' })
    expect(grantOf(draftOf({ role: 'supervisor', contest: 'c' }))).toEqual({ role: 'supervisor', contest: 'c' })
  })

  it('are summed up by role and contest', () => {
    const judge = (event: string) => ({ role: 'chief_judge' as const, contest: 'c', event })
    expect(summed([judge('a'), judge('b'), { role: 'spectator', contest: 'c' }])).toEqual([
      { role: 'chief_judge', contest: 'c', events: ['a', 'b'] },
      { role: 'spectator', contest: 'c', events: [] },
    ])
  })
})
