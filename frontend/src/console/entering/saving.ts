import { reactive } from 'vue'
import * as m from '@/paraglide/messages'
import { call } from '../api'
import { newId } from '../save'
import { asTrouble, codeWords, fieldWords, learnWords } from '../trouble'
import { toEnter, type Place, type Sheet } from './grid'

/** How a typed cell stands: on its way, on paper only because nothing was heard, or refused with the reason. */
export interface Typed {
  text: string
  state: 'typed' | 'sending' | 'unsent' | 'refused'
  words: string
}

interface Result {
  status: number
  mark_id: string
  problem?: { code: string; title: string; fields?: { path: string; code: string; hint?: string }[] }
}

export const keyOf = (at: Place) => `${at.row}:${at.column}`

/**
 * Sends cells one by one, each at once. A cell that was not heard of is sent again with the same id, so that it is
 * one mark; what is saved goes into the sheet.
 */
export function useSaving(event: string, sheet: () => Sheet | null) {
  const typed = reactive(new Map<string, Typed>())
  const ids = new Map<string, { id: string; what: string }>()

  function idFor(key: string, what: string): string {
    const was = ids.get(key)
    if (was?.what === what) return was.id
    const id = newId()
    ids.set(key, { id, what })
    return id
  }

  async function save(at: Place, text: string, reason = ''): Promise<boolean> {
    const of = sheet()
    const key = keyOf(at)
    const mark = of && toEnter(of, at, text, idFor(key, `${text}\n${reason}`), reason)
    if (!of || !mark) return true
    typed.set(key, { text, state: 'sending', words: '' })
    try {
      const { results } = await call<{ results: Result[] }>('POST', `/events/${event}/marks-sheet`, { marks: [mark] })
      const result = results[0]
      if (result?.problem) {
        typed.set(key, { text, state: 'refused', words: await wordsOf(result.problem) })
        return false
      }
      if (result?.status === 202) {
        typed.set(key, { text, state: 'refused', words: m.entering_late() })
        return false
      }
      typed.delete(key)
      ids.delete(key)
      const cells = of.rows[at.row]?.cells
      if (cells) {
        cells[at.column] =
          mark.kind === 'withdraw'
            ? { value: '', round: mark.round ?? 1 }
            : { value: mark.value ?? '', kind: mark.kind as 'mark', round: mark.round ?? 1, mark_id: mark.mark_id }
      }
      return true
    } catch (thrown) {
      const trouble = asTrouble(thrown)
      typed.set(key, {
        text,
        state: trouble.status >= 400 && trouble.status < 500 ? 'refused' : 'unsent',
        words: trouble.words,
      })
      return false
    }
  }

  /** Once more what was not heard of. */
  async function again(): Promise<void> {
    for (const [key, cell] of [...typed]) {
      const [row, column] = key.split(':').map(Number)
      if (cell.state === 'unsent')
        await save({ row: row ?? -1, column: column ?? -1 }, cell.text, reasonIn(ids.get(key)?.what))
    }
  }
  return { typed, save, again }
}

const reasonIn = (what = '') => what.slice(what.indexOf('\n') + 1)

async function wordsOf(problem: NonNullable<Result['problem']>): Promise<string> {
  await learnWords().catch(() => undefined)
  const field = problem.fields?.[0]
  return field ? fieldWords(field) : codeWords(problem.code, problem.title)
}
