// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { fieldsOf, fromField, placeOfRule, termsOf, toField } from './termsform'
import type { Terms } from './wire'

const terms: Terms = {
  opens_at: '2026-04-01T00:00:00Z',
  closes_at: '2026-04-20T10:00:00Z',
  is_public: false,
  ladder: ['office'],
  events_per_person: 2,
  per_unit: 3,
  notice: { version: '2026-1', text: '告知' },
  rules: [
    { rule: 'city_years', min: 1, warns: true },
    { rule: 'age', min: 18, max: 60, on: '2026-05-18' },
    { rule: 'employment', values: ['employee', 'migrant'] },
    { rule: 'skill', level: '4' },
    { rule: 'not_teacher' },
  ],
}

describe('the form of terms', () => {
  it('gives back what it was filled with, rules in its own order', () => {
    const back = termsOf(fieldsOf(terms))
    expect({ ...back, rules: [...back.rules].sort((a, b) => a.rule.localeCompare(b.rule)) }).toEqual({
      ...terms,
      opens_at: '2026-04-01T00:00:00.000Z',
      closes_at: '2026-04-20T10:00:00.000Z',
      rules: [...terms.rules].sort((a, b) => a.rule.localeCompare(b.rule)),
    })
  })

  it('keeps the time of the city', () => {
    expect(toField('2026-04-01T00:00:00Z')).toBe('2026-04-01T08:00')
    expect(fromField('2026-04-01T08:00')).toBe('2026-04-01T00:00:00.000Z')
    expect(fromField('')).toBeUndefined()
  })

  it('leaves what is wrong to the server and knows where it will say so', () => {
    const fields = fieldsOf(null, new Date('2026-04-01T00:00:00Z'))
    expect(fields).toMatchObject({ opens: '2026-04-02T08:00', closes: '2026-05-01T18:00', version: '2026-1' })
    for (const rule of fields.rules) rule.isOn = rule.kind === 'age' || rule.kind === 'trade_years'
    fields.unit = 'x'
    expect(termsOf(fields)).toMatchObject({ per_unit: -1, rules: [{ rule: 'trade_years' }, { rule: 'age' }] })
    expect(placeOfRule(fields.rules, 'age')).toBe('/rules/1')
  })
})
