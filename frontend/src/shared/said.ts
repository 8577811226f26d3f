import { locale } from './locale'

/** A name or text that the organisers wrote in two languages: the reader's own where there is one. */
export function said(zh: string | undefined, en?: string): string {
  return (locale.value === 'en' && en ? en : zh) ?? ''
}
