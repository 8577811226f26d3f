import { describe, expect, it } from 'vitest'
import { clockOf, digitsOf, press, secondsOf, settle, type Key } from './keys'

const typed = (keys: string): string => [...keys].reduce((text, key) => press(text, key as Key), '')

describe('the number keys', () => {
  it.each([
    ['16', '16'],
    ['.5', '0.5'],
    ['1..5', '1.5'],
    ['007', '7'],
    ['0.05', '0.05'],
    ['12⌫', '1'],
    ['2±', '-2'],
    ['2±±', '2'],
    ['1234567890', '123456789'],
    ['1.1234567', '1.123456'],
  ])('makes of %s', (keys, text) => expect(typed(keys)).toBe(text))

  it('settles to the one written form', () => {
    expect(settle('1.')).toBe('1')
    expect(settle('0.50')).toBe('0.5')
    expect(settle('-0')).toBe('0')
    expect(settle('-')).toBeNull()
    expect(settle('')).toBeNull()
  })
})

describe('a typed clock', () => {
  it.each([
    ['', '00:00', null],
    ['5', '00:05', '5'],
    ['130', '01:30', '90'],
    ['34218', '3:42:18', '13338'],
    ['9000', '90:00', '5400'],
    ['75', '00:75', null],
    ['19000', '1:90:00', null],
  ])('%s shows %s', (digits, shown, seconds) => {
    expect(clockOf(digits)).toBe(shown)
    expect(secondsOf(digits)).toBe(seconds)
  })

  it('comes back as it was typed', () => {
    for (const seconds of ['0', '5', '90', '3599', '3600', '13338']) {
      expect(secondsOf(digitsOf(seconds))).toBe(seconds)
    }
  })
})
