import { onScopeDispose, shallowRef, triggerRef, type ShallowRef } from 'vue'
import type { PanelState } from '../bundle'
import { fetchPanel } from '../interface'
import type { Tablet } from '../tablet'

const EVERY = 3_000

/**
 * What the panel has given for the aspects on the page. One aspect is asked about at a time, round and round, and
 * none once it is complete: a hall of 300 tablets must not ask for every aspect every second.
 */
export function usePanelStates(
  tablet: Tablet,
  asked: () => { work: string; aspects: string[] },
): ShallowRef<Map<string, PanelState>> {
  const states = shallowRef(new Map<string, PanelState>())
  let turn = 0
  let busy = false

  async function next(): Promise<void> {
    const session = tablet.session.value
    const { work, aspects } = asked()
    const open = aspects.filter((a) => isOpen(states.value.get(`${work}\n${a}`)))
    if (busy || !session || open.length === 0 || document.visibilityState !== 'visible') return
    const aspect = open[turn++ % open.length] ?? ''
    busy = true
    const answer = await fetchPanel(session, work, aspect)
    busy = false
    tablet.link.answered(answer)
    if (answer.kind !== 'ok' || !Array.isArray(answer.data?.chairs)) return
    states.value.set(`${work}\n${aspect}`, answer.data)
    triggerRef(states)
    tablet.learnRound(work, aspect, answer.data.round)
  }

  const timer = setInterval(() => void next(), EVERY)
  onScopeDispose(() => clearInterval(timer))
  return states
}

function isOpen(state: PanelState | undefined): boolean {
  return !state?.complete
}
