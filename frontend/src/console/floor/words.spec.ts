import { beforeAll, describe, expect, it } from 'vitest'
import { speak } from '@/shared/locale'
import type { FloorSession } from './wire'
import { clockOf, isOf, lengthOf, modulesOf, netAfter, pauseLines, signatureWords, valueWords } from './words'

const session = (more: Partial<FloorSession> = {}): FloorSession => ({
  work: '07',
  module: { id: 'B', code: 'B', name: '操作过程', name_en: 'Process' },
  state: 'running',
  started_at: '2026-10-20T01:00:00Z',
  ended_at: null,
  since: '2026-10-20T01:00:00Z',
  net: 60,
  added: 0,
  pauses: [],
  additions: [],
  violations: [],
  signature: null,
  records: [],
  ...more,
})

beforeAll(() => speak('zh-CN'))

describe('a session on the console', () => {
  it('runs on between two answers, and stands where it stands', () => {
    expect([0, 999, 1000, 61_500, -5].map((ms) => netAfter(session(), ms))).toEqual([60, 60, 61, 121, 60])
    expect(netAfter(session({ state: 'paused' }), 61_500)).toBe(60)
  })

  it('is among those that are not ended, or among those that nobody has signed for', () => {
    const signed = { kind: 'signed', at: null, text: '', judge: '' } as unknown as FloorSession['signature']
    const all = [
      session(),
      session({ state: 'paused' }),
      session({ state: 'handed_in' }),
      session({ state: 'no_work', signature: signed }),
      session({ state: 'absent' }),
    ]
    expect(all.map((s) => isOf('open', s))).toEqual([true, true, false, false, false])
    expect(all.map((s) => isOf('unsigned', s))).toEqual([false, false, true, false, false])
    expect(all.every((s) => isOf('all', s))).toBe(true)
  })

  it('says its records', () => {
    expect(['start', 'pause equipment', 'add 300', 'add 90', 'undo', 'odd'].map(valueWords)).toEqual([
      '开始',
      '暂停（设备故障）',
      '补时 5 分',
      '补时 90 秒',
      '撤销',
      'odd',
    ])
  })

  it('says what it stood still for', () => {
    const pause = { why: 'injury' as const, from: '2026-10-20T01:00:00Z', seconds: 75, judge: '周敏' }
    const lines = pauseLines(
      session({
        pauses: [
          { ...pause, to: '2026-10-20T01:01:15Z' },
          { ...pause, to: null },
        ],
      }),
    )
    expect(lines).toEqual(['受伤、身体不适 0:01:15', '受伤、身体不适，仍在暂停'])
  })

  it('says who signed, and who still has to', () => {
    const signature = { kind: 'refused' as const, at: '', text: '见证人：林海涛', judge: '周敏' }
    expect(signatureWords(session())).toBe('')
    expect(signatureWords(session({ state: 'handed_in' }))).toBe('待选手签名')
    expect(signatureWords(session({ state: 'handed_in', signature }))).toBe('拒签，有见证人')
    expect(signatureWords(session({ signature: { ...signature, kind: 'signed' } }))).toBe('选手已签名')
  })

  it('knows its modules, each once', () => {
    const other = session({ module: { id: 'C', code: '', name: '答辩' } })
    expect(modulesOf([session(), session(), other])).toEqual([
      { value: 'B', label: 'B 操作过程' },
      { value: 'C', label: '答辩' },
    ])
  })

  it('shows times', () => {
    expect([lengthOf(3725), clockOf(null)]).toEqual(['1:02:05', ''])
    expect(clockOf('2026-10-20T01:00:07Z')).toMatch(/^\d\d:00:07$/)
  })
})
