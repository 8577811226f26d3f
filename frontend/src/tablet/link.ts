import { computed, reactive, shallowRef } from 'vue'
import type { Answer, Problem } from '@/shared/http'
import type { Link } from './outbox/answers'

/** How the tablet stands to the server, by what it last heard from it. */
export class ServerLink {
  readonly state = reactive({
    link: null as Link | null,
    lastGood: null as number | null,
    sending: 0,
    readonly: false,
    broken: false,
  })
  /** Why the server wants this tablet to pair again. */
  readonly refused = shallowRef<Problem | null>(null)
  readonly isSilent = computed(() => this.state.link === 'silent')

  /** Notes an exchange; null is none. */
  heard(next: Link | null, problem: Problem | null = null): void {
    if (next === null) return
    this.state.link = next
    if (next === 'good') this.state.lastGood = Date.now()
    this.refused.value = next === 'sign_in' ? problem : null
  }

  /** Notes the answer to a question; a refusal is a word of the server too. */
  answered(answer: Answer<unknown>): void {
    this.heard(linkOf(answer), answer.kind === 'problem' ? answer.problem : null)
  }

  forget(): void {
    Object.assign(this.state, { link: null, lastGood: null, sending: 0 })
    this.refused.value = null
  }
}

function linkOf(answer: Answer<unknown>): Link {
  if (answer.kind === 'ok') return 'good'
  if (answer.kind === 'nothing') return 'silent'
  const { status } = answer.problem
  if (status === 401) return 'sign_in'
  if (status === 507) return 'full'
  return status === 429 || status >= 500 ? 'busy' : 'good'
}
