import { parse, write } from './exact'

/** A key of the number pad: a digit, the point, the sign, or taking back. */
export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '.' | '±' | '⌫'

/** The text after a key, or the same text where the key cannot be meant. */
export function press(text: string, key: Key): string {
  if (key === '⌫') return text.slice(0, -1)
  if (key === '±') return text.startsWith('-') ? text.slice(1) : `-${text}`
  const digits = text.replace('-', '')
  if (key === '.') return digits.includes('.') ? text : `${text}${digits === '' ? '0' : ''}.`
  const [whole = '', fraction] = digits.split('.')
  if (fraction === undefined ? whole.length >= 9 : fraction.length >= 6) return text
  if (digits === '0') return text.slice(0, -1) + key
  return text + key
}

/** The text as a value: no trailing point, no needless zeros; null when it is no number. */
export function settle(text: string): string | null {
  const value = parse(text.endsWith('.') ? text.slice(0, -1) : text)
  return value && write(value)
}

/** A duration typed as a clock shows it, digits moving in from the right: "34218" is 3:42:18. */
export function clockOf(digits: string): string {
  const d = digits.padStart(4, '0')
  const hours = d.slice(0, -4)
  return `${hours === '' ? '' : `${hours}:`}${d.slice(-4, -2)}:${d.slice(-2)}`
}

/** Seconds of the typed digits; null while seconds, or minutes beside hours, are past 59. */
export function secondsOf(digits: string): string | null {
  const d = digits.padStart(5, '0')
  const seconds = Number(d.slice(-2))
  const minutes = Number(d.slice(-4, -2))
  const hours = Number(d.slice(0, -4))
  if (digits === '' || seconds > 59 || (minutes > 59 && hours > 0)) return null
  return String(hours * 3600 + minutes * 60 + seconds)
}

/** The digits that show so many seconds; parts of a second stand only in marks that came from elsewhere. */
export function digitsOf(value: string): string {
  const all = Math.trunc(Number(value))
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(all / 3600)
  const digits = `${hours > 0 ? hours : ''}${two(Math.floor((all % 3600) / 60))}${two(all % 60)}`
  return digits.replace(/^0+(?=\d)/, '')
}
