import { describe, expect, it } from 'vitest'
import { add, compare, divide, isMultiple, number, parse, show, subtract, write, type Exact } from './exact'

const n = (text: string): Exact => {
  const value = number(text)
  if (!value) throw new Error(`${text} is no number`)
  return value
}

describe('exact numbers', () => {
  it.each(['', '-', '.5', '1.', '+1', '1e3', ' 1', '1 ', '1234567890', '1.1234567', 'NaN', '1,5', '0x10'])(
    'is not a value: %j',
    (text) => expect(parse(text)).toBeNull(),
  )

  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['007', '7'],
    ['1.50', '1.5'],
    ['-2.500000', '-2.5'],
    ['999999999.999999', '999999999.999999'],
  ])('writes %s as %s', (text, canonical) => expect(write(n(text))).toBe(canonical))

  it('adds what binary fractions get wrong', () => {
    expect(write(add(n('0.1'), n('0.2')))).toBe('0.3')
    expect(write(subtract(n('1.1'), n('0.9')))).toBe('0.2')
  })

  it('keeps thirds as thirds and rounds them for the eye only', () => {
    const third = divide(n('4'), n('3'))
    expect(write(third)).toBe('4/3')
    expect(show(third)).toBe('≈1.33')
    expect(show(n('-5/3'))).toBe('≈-1.67')
    expect(show(n('1/8'))).toBe('0.125')
    expect(show(n('3'))).toBe('3.00')
  })

  it('compares across forms', () => {
    expect(compare(n('0.050'), n('0.05'))).toBe(0)
    expect(compare(n('0.051'), n('0.05'))).toBe(1)
    expect(compare(n('-1'), n('1/3'))).toBe(-1)
  })

  it('knows multiples of a step', () => {
    expect(isMultiple(n('9.55'), n('0.1'))).toBe(false)
    expect(isMultiple(n('9.5'), n('0.1'))).toBe(true)
    expect(isMultiple(n('-0.25'), n('0.25'))).toBe(true)
    expect(isMultiple(n('0.7'), n('0'))).toBe(true)
  })
})
