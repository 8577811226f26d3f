import { shallowRef } from 'vue'
import * as m from '@/paraglide/messages'
import type { Answer, Fault, Problem } from '@/shared/http'
import { locale } from '@/shared/locale'

type Catalogue = Record<string, { zh: string; en: string }>

// The catalogue of errors is the server's; it is fetched with the first refusal that names places, not before.
const catalogue = shallowRef<Catalogue | null>(null)

/** Makes sure that the words of places can be said. */
export async function learnWords(): Promise<void> {
  catalogue.value ??= (await import('../../../schemas/errors.json')).default
}

/** What a code of the catalogue says in the language in force; the code itself when nobody knows it. */
export function codeWords(code: string, title = code): string {
  const entry = catalogue.value?.[code]
  if (!entry) return title
  return locale.value === 'en' ? entry.en : entry.zh
}

/** A request that did not succeed, with everything that a person needs to mend it. */
export class Trouble extends Error {
  readonly code: string
  readonly status: number
  readonly fields: Fault[]
  readonly request: string
  readonly retryAfter: number

  constructor(readonly problem: Problem | { why: 'network' | 'timeout' | 'foreign' }) {
    const told = 'code' in problem ? problem : null
    super(told?.title ?? 'nothing')
    this.name = 'Trouble'
    this.code = told?.code ?? ''
    this.status = told?.status ?? 0
    this.fields = told?.fields ?? []
    this.request = told?.request_id ?? ''
    this.retryAfter = told?.retry_after ?? 0
  }

  /** What happened, in the language in force. */
  get words(): string {
    const p = this.problem
    if ('code' in p) return codeWords(p.code, p.title)
    if (p.why === 'timeout') return m.console_trouble_timeout()
    return p.why === 'foreign' ? m.console_trouble_foreign() : m.console_trouble_network()
  }

  /** What is wrong at a place ("/name"), or nothing. */
  at(path: string): string {
    const field = this.fields.find((f) => f.path === path)
    return field ? fieldWords(field) : ''
  }
}

/** A fault's words with its hint: "编号重复（007）". */
export function fieldWords(fault: Fault): string {
  const words = codeWords(fault.code)
  return fault.hint ? m.console_with_hint({ words, hint: fault.hint }) : words
}

/** The data of an answer, or the Trouble it is. */
export async function dataOf<T>(answer: Answer<T>): Promise<T> {
  if (answer.kind === 'ok') return answer.data
  if (answer.kind === 'nothing') throw new Trouble({ why: answer.why })
  if (answer.problem.fields?.length) await learnWords().catch(() => undefined)
  throw new Trouble(answer.problem)
}

/** Whatever was thrown as a Trouble. What is none is a fault of ours and goes on its way. */
export function asTrouble(thrown: unknown): Trouble {
  if (thrown instanceof Trouble) return thrown
  throw thrown
}
