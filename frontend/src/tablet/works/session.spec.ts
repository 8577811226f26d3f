import { describe, expect, it } from 'vitest'
import type { ClockSession } from '../bundle'
import { isEmpty, sessionOf, sessionWords, stateOfWork } from './session'

const session = (work: string, criterion: string, state: ClockSession['state']): ClockSession => ({
  work,
  criterion,
  state,
  added: 0,
  net: 0,
  violations: 0,
  signed: '',
  newest: 'm',
  by: 1,
})

describe('what the floor says of a work', () => {
  const bundle = {
    sessions: [session('07', 'A', 'handed_in'), session('07', 'B', 'no_work'), session('08', 'A', 'running')],
  }

  it('is found by module, and is nothing where nobody said anything', () => {
    expect(sessionOf(bundle, '07', 'B')?.state).toBe('no_work')
    expect(sessionOf(bundle, '09', 'A')).toBeUndefined()
    expect(sessionOf({}, '07', 'A')).toBeUndefined()
    expect(sessionOf(null, '07', 'A')).toBeUndefined()
  })

  it('is the one word that a judge must know first', () => {
    expect(stateOfWork(bundle, '07', ['A'])).toBe('handed_in')
    expect(stateOfWork(bundle, '07', ['A', 'B'])).toBe('no_work')
    expect(stateOfWork(bundle, '08', ['A', 'B'])).toBe('running')
    expect(stateOfWork(bundle, '09', ['A'])).toBeUndefined()
  })

  it('has a word for each state, and knows where there is nothing to mark', () => {
    const all = ['waiting', 'running', 'paused', 'handed_in', 'no_work', 'absent'] as const
    expect(new Set(all.map(sessionWords)).size).toBe(all.length)
    expect(all.filter(isEmpty)).toEqual(['no_work', 'absent'])
  })
})
