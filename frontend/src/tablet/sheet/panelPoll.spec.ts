import { effectScope, ref, shallowRef } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Pad } from '../bundle'
import type { Tablet } from '../tablet'
import { askedOf, panelOf, usePanelStates, type Asked } from './panelPoll'

const pad = (p: Partial<Pad>): Pad => ({
  id: 'x',
  code: 'A',
  name: '',
  kind: 'judgement',
  each: true,
  required: true,
  ...p,
})

describe('what is asked about', () => {
  it('is every attempt at what the panel marks, each by himself', () => {
    const pads = [
      pad({ id: 'wave' }),
      pad({ id: 'jump', kind: 'panel', attempts: 2 }),
      pad({ id: 'one', each: false }),
      pad({ id: 'size', kind: 'limits' }),
    ]
    expect(askedOf('417A', pads).map((a) => `${a.aspect} ${a.attempt}`)).toEqual(['wave 1', 'jump 1', 'jump 2'])
  })
})

describe('asking', () => {
  const asked: Asked[] = [1, 2].map((attempt) => ({ work: '417A', aspect: 'jump', attempt }))
  let learnt: string[]
  let paths: string[]
  let complete: boolean

  beforeEach(() => {
    vi.useFakeTimers()
    ;[learnt, paths, complete] = [[], [], false]
    vi.stubGlobal('fetch', (path: string) => {
      paths.push(path.slice(path.indexOf('panel/')))
      const round = path.endsWith('2') ? 3 : 1
      const body = JSON.stringify({ round, complete, chairs: [] })
      return Promise.resolve(new Response(body, { headers: { 'Content-Type': 'application/json' } }))
    })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('goes round the attempts one at a time, learns each one’s round, and ends when all are in', async () => {
    const tablet = {
      session: shallowRef({ token: 't', event: { id: 'e' } }),
      link: { answered: () => undefined },
      learnRound: (p: Asked & { round: number }) => learnt.push(`${p.attempt}:${p.round}`),
      rounds: ref(),
    } as unknown as Tablet
    const scope = effectScope()
    const states = scope.run(() => usePanelStates(tablet, () => asked))
    const first = states!.value
    await vi.advanceTimersByTimeAsync(6_100)
    expect(paths).toEqual(['panel/417A/jump?attempt=1', 'panel/417A/jump?attempt=2'])
    expect(learnt).toEqual(['1:1', '2:3'])
    expect(panelOf(states!.value, '417A', 'jump', 2)?.round).toBe(3)
    expect(states!.value, 'the same map, changed: no row below would show it').not.toBe(first)
    complete = true
    await vi.advanceTimersByTimeAsync(60_000)
    expect(paths).toHaveLength(4)
    scope.stop()
  })
})
