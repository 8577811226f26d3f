import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { Pad, PanelState } from '../bundle'
import { roundKey } from '../cells'
import { fetchPanel } from '../interface'
import type { Tablet } from '../tablet'

const EVERY = 3_000

/** One attempt at an aspect of a work, whose panel is asked about. */
export interface Asked {
  work: string
  aspect: string
  attempt: number
}

/** Whether the panel marks it blind, each by himself. */
export function isOfPanel(pad: Pad): boolean {
  return pad.each === true && (pad.kind === 'judgement' || pad.kind === 'panel')
}

/** All attempts of a work's aspects that a panel marks. */
export function askedOf(work: string, pads: readonly Pad[]): Asked[] {
  return pads
    .filter(isOfPanel)
    .flatMap((p) => Array.from({ length: p.attempts || 1 }, (_, i) => ({ work, aspect: p.id, attempt: i + 1 })))
}

export type PanelStates = ReadonlyMap<string, PanelState>

export function panelOf(states: PanelStates, work: string, aspect: string, attempt: number): PanelState | null {
  return states.get(roundKey(work, aspect, attempt)) ?? null
}

/**
 * What the panel has given for the aspects on the page. One attempt at one aspect is asked about at a time, round and
 * round, and none once it is complete: a hall of 300 tablets must not ask for every aspect every second.
 */
export function usePanelStates(tablet: Tablet, asked: () => Asked[]): ShallowRef<Map<string, PanelState>> {
  const states = shallowRef(new Map<string, PanelState>())
  let turn = 0
  let busy = false

  async function next(): Promise<void> {
    const session = tablet.session.value
    const open = asked().filter((a) => !states.value.get(roundKey(a.work, a.aspect, a.attempt))?.complete)
    const one = open[turn++ % open.length]
    if (busy || !session || !one || document.visibilityState !== 'visible') return
    busy = true
    const answer = await fetchPanel(session, one)
    busy = false
    tablet.link.answered(answer)
    if (answer.kind !== 'ok' || !Array.isArray(answer.data?.chairs)) return
    // Another map, not the same one changed: it is handed down, and what is below sees only that it is another.
    states.value = new Map(states.value).set(roundKey(one.work, one.aspect, one.attempt), answer.data)
    tablet.learnRound({ ...one, round: answer.data.round })
  }

  const timer = setInterval(() => void next(), EVERY)
  onScopeDispose(() => clearInterval(timer))
  return states
}
