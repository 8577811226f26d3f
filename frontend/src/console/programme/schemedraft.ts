import { computed, ref, shallowRef } from 'vue'
import * as m from '@/paraglide/messages'
import { sendFile } from '../api'
import { useDoing } from '../load'
import { tell } from '../toast'
import { learnWords } from '../trouble'
import type { SchemeOfEvent } from '../wire'
import { mediaOf, type FoundScheme } from './schemebox'

/** A scheme on its way in: the file, what was read, the draft as people have changed it, and its taking over. */
export function useSchemeDraft(event: string, present: () => SchemeOfEvent | null, saved: () => Promise<void>) {
  const file = shallowRef<File | null>(null)
  const found = shallowRef<FoundScheme | null>(null)
  const draft = shallowRef('')
  const picked = ref(false)
  const reason = ref('')
  const share = ref(0)
  const { busy, trouble, run } = useDoing()
  const faulty = computed(() => trouble.value?.code === 'programme.scheme_faulty')

  function leave(): void {
    file.value = found.value = trouble.value = null
    draft.value = reason.value = ''
  }

  /** Has a file read; nothing is saved. */
  async function look(chosen: File, isTemplate = false): Promise<void> {
    if (busy.value) return
    leave()
    file.value = chosen
    picked.value = isTemplate
    share.value = 0
    await run(async () => {
      const media = mediaOf(chosen.name)
      const got = await sendFile<FoundScheme>(
        'POST',
        `/scheme-tables?event=${event}&mode=preview`,
        chosen,
        media,
        (sent) => (share.value = sent),
      )
      if (got.faults.length || got.unread.length || got.notes.length) await learnWords()
      found.value = got
      draft.value = got.text
    })
  }

  /** Makes the draft the event's newest version. */
  async function put(): Promise<void> {
    const query = present() ? `?reason=${encodeURIComponent(reason.value.trim())}` : ''
    const json = 'application/json'
    const done = await run(() =>
      sendFile('PUT', `/events/${event}/scheme${query}`, new Blob([draft.value], { type: json }), json),
    )
    if (!done) return
    leave()
    tell(m.console_scheme_saved())
    await saved()
  }

  /** A template was looked into before it was picked: as the first version it is taken at once. */
  async function pick(chosen: File): Promise<void> {
    await look(chosen, true)
    if (!present() && draft.value) await put()
  }

  return { file, found, draft, picked, reason, share, busy, trouble, faulty, look, put, pick, leave }
}

export type SchemeDraft = ReturnType<typeof useSchemeDraft>
