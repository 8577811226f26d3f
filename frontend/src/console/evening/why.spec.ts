import { beforeEach, describe, expect, it } from 'vitest'
import { speak } from '@/shared/locale'
import type { EveningChair, EveningWork, Reason } from './wire'
import { isOpen, nameOf, owes, reasonWord } from './why'

const chairs: EveningChair[] = [
  { chair: 1, panel: 'floor', seat: 1, judge: '周现场', done: 0, need: 3 },
  { chair: 2, panel: 'judges', seat: 1, judge: '', done: 0, need: 3 },
]
const name = (id: string) => ({ floor: '现场组', judges: '评分组' })[id] ?? id
const say = (r: Reason) => reasonWord(r, chairs, name)
const work = (...why: Reason[]): EveningWork => ({
  work: '001',
  status: 'competing',
  done: 1,
  need: 4,
  owed: [
    { chair: 0, panel: 'floor', count: 2 },
    { chair: 2, panel: 'judges', count: 1 },
  ],
  why,
})

describe('why a row does not move', () => {
  beforeEach(() => speak('zh-CN'))

  it('names who owes, by name or by seat, or the panel when any may give it', () => {
    expect(say({ kind: 'marks', chair: 1, panel: 'floor', count: 2 })).toBe('周现场 还差 2 项')
    expect(say({ kind: 'marks', chair: 2, panel: 'judges', count: 1 })).toBe('评分组 1 席 还差 1 项')
    expect(say({ kind: 'marks', panel: 'floor', count: 2 })).toBe('现场组 还差 2 项')
    expect(say({ kind: 'marks', count: 2 })).toBe('外来成绩还差 2 项')
    expect(nameOf(undefined, name)).toBe('')
  })

  it('has words for every reason', () => {
    const kinds: Reason['kind'][] = [
      'status',
      'gate',
      'spread',
      'short',
      'hidden',
      'late',
      'recusal',
      'complete',
      'no_chance',
    ]
    for (const kind of kinds) expect(say({ kind, value: 'dns', code: 'C2' })).toMatch(/\S/)
    expect(say({ kind: 'gate', value: 'entry' })).toBe('一票否决：整件作废')
    expect(say({ kind: 'spread', code: 'C2.1', value: '10–45', count: 2 })).toBe('C2.1 分差 10–45，等第 2 轮')
  })

  it('waits for marks, rounds and decisions, and not for what is settled', () => {
    expect(isOpen(work({ kind: 'marks', count: 1 }))).toBe(true)
    expect(isOpen(work({ kind: 'late' }))).toBe(true)
    expect(isOpen(work({ kind: 'complete' }))).toBe(false)
    expect(isOpen(work({ kind: 'status', value: 'dns' }))).toBe(false)
  })

  it('counts what any chair of a panel may give for each of them', () => {
    expect(chairs.map((c) => owes(work(), c))).toEqual([2, 1])
  })
})
