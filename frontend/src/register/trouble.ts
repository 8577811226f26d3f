import { shallowRef } from 'vue'
import * as m from '@/paraglide/messages'
import { ask, type Answer, type Asking, type Fault } from '@/shared/http'
import { locale } from '@/shared/locale'
import { catalogued } from '@/shared/registration/words'

type Catalogue = Record<string, { zh: string; en: string }>

// The catalogue of errors is the server's; it comes with the first refusal that names places, not before.
const catalogue = shallowRef<Catalogue | null>(null)

/** Why a request did not succeed. Its words follow the language in force. */
export interface Trouble {
  code: string
  status: number
  title: string
  fields: Fault[]
  retryAfter: number
  request: string
  why: '' | 'network' | 'timeout' | 'foreign'
}

/** What a code of the catalogue says; the title given where nobody knows it. */
export function codeWords(code: string, title = code): string {
  return catalogued(catalogue.value?.[code], title)
}

export function troubleWords(t: Trouble): string {
  if (t.why === 'timeout') return m.register_trouble_timeout()
  if (t.why === 'foreign') return m.register_trouble_foreign()
  return t.why ? m.register_trouble_network() : codeWords(t.code, t.title)
}

/** A fault with bound and value: "年龄不符合参赛条件（18…60 / 17）". */
export function faultWords(f: { code: string; hint?: string }): string {
  const words = codeWords(f.code)
  return f.hint ? m.register_with_hint({ words, hint: f.hint }) : words
}

/** What is wrong at a place ("/name" and all below it). */
export function faultAt(t: Trouble | null, path: string): string {
  const found = t?.fields.find((f) => f.path === path || f.path.startsWith(`${path}/`))
  return found ? faultWords(found) : ''
}

/** Asks the server; the answer, or the trouble that it is. */
export async function get<T>(
  method: string,
  path: string,
  asking: Asking = {},
): Promise<{ data: T; trouble: null } | { data: null; trouble: Trouble }> {
  const answer: Answer<T> = await ask<T>(method, `/api/v1/public${path}`, {
    ...asking,
    language: locale.value,
    credentials: 'omit',
  })
  if (answer.kind === 'ok') return { data: answer.data, trouble: null }
  if (answer.kind === 'nothing') {
    return { data: null, trouble: { code: '', status: 0, title: '', fields: [], retryAfter: 0, request: '', why: answer.why } } // prettier-ignore
  }
  const p = answer.problem
  await learnWords()
  const { code, status, title, fields = [] } = p
  return { data: null, trouble: { code, status, title, fields, retryAfter: p.retry_after ?? 0, request: p.request_id, why: '' } } // prettier-ignore
}

export async function learnWords(): Promise<void> {
  try {
    catalogue.value ??= (await import('../../../schemas/errors.json')).default
  } catch {
    // the codes then speak for themselves
  }
}
