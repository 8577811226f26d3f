import { describe, expect, it } from 'vitest'
import type { Device } from '../wire'
import type { EveningChair } from './wire'
import { numbersOf, seatsOf } from './tablets'

const chair = (n: number): EveningChair => ({ chair: n, panel: 'floor', seat: n, judge: '', done: 0, need: 1 })
const device = (id: string, more: Partial<Device>): Device => ({
  id,
  chair: 1,
  judge: '',
  name: '',
  agent: '',
  paired_at: '2026-11-22T09:00:00Z',
  last_seen: '2026-11-22T09:00:00Z',
  pending: 0,
  frozen: false,
  handed: 0,
  ...more,
})

describe('tablets by chair', () => {
  it('tells of two tablets on one seat which is frozen and what it handed over', () => {
    const seats = seatsOf(
      [chair(1), chair(2)],
      [
        device('new', { paired_at: '2026-11-22T10:00:00Z', pending: 2 }),
        device('old', { frozen: true, why: 'replaced', handed: 3 }),
        device('lost', { frozen: true, why: 'revoked', handed: 9 }),
      ],
      [
        { device: 'new', holes: [4, 5], signatures: 1 },
        { device: 'old', holes: [1], signatures: 2 },
      ],
    )
    expect(seats[0]).toMatchObject({ holes: [4, 5], signatures: 1, old: 1, handed: 3 })
    expect(seats[0]?.now?.id).toBe('new')
    expect(seats[1]).toMatchObject({ now: null, holes: [], signatures: 0, old: 0, handed: 0 })
  })

  it('names missing numbers in runs, and not all of very many', () => {
    expect(numbersOf([2, 3, 7])).toBe('2–3、7')
    expect(numbersOf([4])).toBe('4')
    expect(numbersOf(Array.from({ length: 20 }, (_, i) => i * 2 + 1))).toBe('1、3、5、7、9、11、13、15 …')
  })
})
