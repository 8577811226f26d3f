// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { lacks, stages, stagesOf, unseated, type Standing } from './stages'

const way = (s: Partial<Standing>) => {
  const states = stagesOf({ phase: 'running', sealed: false, done: 0, need: 10, ...s })
  return stages.map((step) => states[step]).join(' ')
}

describe('where an event stands', () => {
  it.each([
    [{ phase: 'waiting' as const, need: 0 }, 'here later later none later'],
    [{ done: 4 }, 'done here later none later'],
    [{ done: 4, sealed: true }, 'done here later later later'],
    [{ done: 10 }, 'done done here none later'],
    [{ phase: 'provisional' as const, done: 10, sealed: true }, 'done done done here later'],
    [{ phase: 'provisional' as const, done: 10 }, 'done done done none here'],
    [{ phase: 'official' as const, done: 10 }, 'done done done none done'],
  ])('%j is %s', (standing, states) => expect(way(standing)).toBe(states))

  it('is still at marking when nothing is asked for yet', () => {
    expect(way({ done: 0, need: 0 })).toBe('done here later none later')
  })
})

describe('what an event lacks', () => {
  const panels = [
    { id: 'visual', chairs: 2 },
    { id: 'gauge', chairs: 0 },
  ]
  it.each([
    [{ panels: null, seated: [], entries: 0 }, ['scheme', 'entries']],
    [{ panels, seated: [], entries: 3 }, ['chairs']],
    [{ panels, seated: ['visual', 'gauge'], entries: 3 }, ['chairs']],
    [{ panels, seated: ['visual', 'visual', 'gauge', 'gauge'], entries: 3 }, []],
    [{ panels, seated: ['visual', 'visual', 'gauge'], entries: 0 }, ['entries']],
  ])('%j', (setup, missing) => expect(lacks(setup)).toEqual(missing))

  it('names the panels that are not seated as the scheme says', () => {
    expect(unseated({ panels, seated: ['visual', 'visual', 'visual'], entries: 1 })).toEqual([
      { id: 'visual', chairs: 2, seated: 3 },
      { id: 'gauge', chairs: 0, seated: 0 },
    ])
  })
})
