import { shallowRef, type ComputedRef } from 'vue'
import * as m from '@/paraglide/messages'
import { call } from '../api'
import { useDoing } from '../load'
import { tell } from '../toast'
import { fileOf, type Of, type Paper } from './papers'

/** Printing of an event's papers: one, which is shown beside the page, or many, one after the other. */
export function usePrinting(event: ComputedRef<string>, after: () => unknown) {
  const { busy, trouble, run } = useDoing()
  /** How far many are; null while none are made. */
  const far = shallowRef<{ done: number; of: number } | null>(null)

  const make = (of: Of) =>
    call<Paper>('POST', `/events/${event.value}/documents`, {
      kind: of.kind,
      chair: of.chair ?? 0,
      panel: of.panel ?? '',
      layer: of.layer ?? '',
    })

  async function one(of: Of): Promise<void> {
    await run(async () => {
      const made = await make(of)
      tell(m.signing_printed_as({ number: made.number }))
      window.open(fileOf(event.value, made), '_blank', 'noopener')
    })
    after()
  }

  /** What was printed before one fails stays printed: the list shows it. */
  async function many(list: readonly Of[]): Promise<void> {
    await run(async () => {
      for (const [done, of] of list.entries()) {
        far.value = { done, of: list.length }
        await make(of)
      }
      tell(m.signing_printed_all({ n: list.length }))
    })
    far.value = null
    after()
  }

  return { busy, trouble, far, one, many }
}
