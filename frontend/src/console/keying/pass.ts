import { computed, reactive, shallowRef } from 'vue'
import { call } from '../api'
import { read } from '../entering/grid'
import type { Pad } from '../entering/grid'
import { asTrouble, codeWords, learnWords } from '../trouble'
import { keyOf, type Cell, type Pass, type Read } from './keying'

/** How a cell stands: on its way, not answered, or refused with the reason; kept when it is in none of these. */
export interface Doing {
  text: string
  state: 'sending' | 'unsent' | 'refused'
  words: string
}

/** What is typed, as the server takes it: a word of an option is its value, "-" is not performed, nothing is empty. */
export function typed(pad: Pad, text: string): string {
  const said = read(pad, text)
  if (!said) return ''
  return said.kind === 'not_performed' ? '-' : said.value
}

/** A clerk's own pass: which cell is in hand, what is on its way, and what was kept. */
export function usePass(event: string, pass: Pass) {
  const cells = reactive(pass.cells.map((c) => ({ ...c })))
  const doing = reactive(new Map<string, Doing>())
  const first = cells.findIndex((c) => !c.kind)
  const at = shallowRef(Math.max(first, 0))
  const keyed = computed(() => cells.filter((c) => c.kind).length)
  const isClosed = computed(() => cells.length > 0 && cells.every((c) => c.closed))
  const refused = computed(() => [...doing.values()].filter((d) => d.state === 'refused').length)
  const unsent = computed(() => [...doing.values()].filter((d) => d.state === 'unsent').length)
  const queue: { cell: Cell; text: string }[] = []
  let running = false

  const padOf = (cell: Cell) => pass.columns[cell.column]?.pad as Pad

  /** Takes what was typed for a cell; it is sent at once, and with what else waits. */
  function take(cell: Cell, text: string): void {
    if (cell.closed) return
    doing.set(keyOf(cell), { text, state: 'sending', words: '' })
    queue.push({ cell, text: typed(padOf(cell), text) })
    void drain()
  }

  async function drain(): Promise<void> {
    if (running) return
    running = true
    while (queue.length > 0) {
      const some = queue.splice(0, 100)
      try {
        await send(some)
      } catch (thrown) {
        const trouble = asTrouble(thrown)
        for (const { cell } of some) {
          const was = doing.get(keyOf(cell))
          const state = trouble.status >= 400 && trouble.status < 500 ? 'refused' : 'unsent'
          if (was) doing.set(keyOf(cell), { ...was, state, words: trouble.words })
        }
      }
    }
    running = false
  }

  async function send(some: { cell: Cell; text: string }[]): Promise<void> {
    const { results } = await call<{ results: Read[] }>('POST', `/events/${event}/keying/cells`, {
      chair: pass.sheet.chair,
      criterion: pass.sheet.criterion,
      cells: some.map(({ cell: c, text }) => ({
        work: c.work,
        aspect: c.aspect,
        attempt: c.attempt,
        round: c.round,
        text,
      })),
    })
    if (results.some((r) => r.code)) await learnWords().catch(() => undefined)
    results.forEach((r, i) => {
      const one = some[i]
      if (!one) return
      const key = keyOf(one.cell)
      if (queue.some((q) => q.cell === one.cell)) return // it was typed anew meanwhile
      if (r.code) {
        const hint = r.hint ? `（${r.hint}）` : ''
        doing.set(key, { text: doing.get(key)?.text ?? one.text, state: 'refused', words: codeWords(r.code) + hint })
        return
      }
      doing.delete(key)
      one.cell.kind = r.kind
      one.cell.value = r.value
    })
  }

  /** Once more what was not answered. */
  function again(): void {
    for (const cell of cells) {
      const was = doing.get(keyOf(cell))
      if (was?.state === 'unsent') take(cell, was.text)
    }
  }

  /** Goes on or back; from the last cell to the first one that still wants a hand. */
  function go(by: number): void {
    const to = at.value + by
    if (to >= 0 && to < cells.length) at.value = to
    else if (by > 0) mend()
  }

  /** Goes to the first cell that was refused or is not keyed. */
  function mend(): void {
    const wants = (c: Cell) => doing.get(keyOf(c))?.state === 'refused' || (!c.kind && !doing.has(keyOf(c)))
    const to = cells.findIndex(wants)
    if (to >= 0) at.value = to
  }

  return { cells, doing, at, keyed, isClosed, refused, unsent, padOf, take, again, go, mend }
}
