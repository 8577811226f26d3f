import { describe, expect, it } from 'vitest'
import { daysLeft, today } from './days'

describe('days in China', () => {
  it('begin at 16:00 UTC', () => {
    expect(today(Date.parse('2026-04-12T15:59:59Z'))).toBe('2026-04-12')
    expect(today(Date.parse('2026-04-12T16:00:00Z'))).toBe('2026-04-13')
  })
  it('are left with today, and none after the last', () => {
    expect(daysLeft('2026-04-17', Date.parse('2026-04-13T01:00:00Z'))).toBe(5)
    expect(daysLeft('2026-04-17', Date.parse('2026-04-17T15:59:00Z'))).toBe(1)
    expect(daysLeft('2026-04-17', Date.parse('2026-04-17T16:00:00Z'))).toBe(0)
  })
})
