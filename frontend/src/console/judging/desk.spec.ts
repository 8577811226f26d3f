// @vitest-environment node
import { describe, expect, it } from 'vitest'
import type { Feed } from '@/shared/live/frames'
import type { DeskRow, RecordLine } from '../wire'
import { merged, narrowed } from './desk'
import { waitingLate } from './late'
import { rowsFitting } from './standing'

const row = (event: string, extra: Partial<DeskRow> = {}): DeskRow => ({
  event,
  trade: '焊工',
  phase: 'running',
  frozen: false,
  sealed: false,
  entries: 12,
  done: 1,
  need: 10,
  late: 0,
  pending: 0,
  holes: 0,
  last_at: '2026-05-18T08:00:00Z',
  ...extra,
})
const feed = (rows: object[]) => ({ rows }) as unknown as Feed

describe('the desk', () => {
  it('lays what came live over what was asked for, and keeps what only the asking knows', () => {
    const live = feed([
      {
        k: 'a',
        phase: 'provisional',
        frozen: true,
        sealed: false,
        entries: 12,
        done: 9,
        need: 10,
        last_at: '2026-05-18T08:00:05Z',
      },
    ])
    const [a, b] = merged([row('a', { late: 2 }), row('b')], live)
    expect(a).toMatchObject({ phase: 'provisional', done: 9, frozen: true, late: 2 })
    expect(b?.done).toBe(1)
  })

  it('does not go back when an older frame is laid over a newer answer', () => {
    const live = feed([{ k: 'a', phase: 'running', done: 0, need: 10, last_at: '2026-05-18T07:59:00Z' }])
    expect(merged([row('a')], live)[0]?.done).toBe(1)
  })

  it('finds by all words typed, in trade, title, group and hall', () => {
    const rows = [row('a', { group: '职工组', hall: '一号馆' }), row('b', { trade: 'Barista', hall: '一号馆' })]
    const ids = (q: string) => narrowed(rows, q, 'all', new Map()).map((r) => r.event)
    expect(ids('一号 焊')).toEqual(['a'])
    expect(ids('BARI')).toEqual(['b'])
    expect(ids('')).toEqual(['a', 'b'])
    const names = new Map([['b', 'Bar Service']])
    expect(narrowed(rows, 'service', 'all', new Map(), names).map((r) => r.event)).toEqual(['b'])
  })

  it('shows for attention what lacks something, waits for a decision or has not come', () => {
    const rows = [
      row('fine'),
      row('late', { late: 1 }),
      row('gap', { holes: 1 }),
      row('out', { pending: 2 }),
      row('new', { phase: 'waiting' }),
    ]
    const lack = new Map([['new', ['scheme' as const]]])
    expect(narrowed(rows, '', 'attention', lack).map((r) => r.event)).toEqual(['late', 'gap', 'out', 'new'])
    expect(narrowed(rows, '', 'waiting', lack).map((r) => r.event)).toEqual(['new'])
  })
})

describe('late marks', () => {
  const line = (mark_id: string, kind: string, supersedes?: string) => ({ mark_id, kind, supersedes }) as RecordLine
  it('wait until somebody counts them', () => {
    const records = [line('m1', 'mark'), line('l1', 'late'), line('l2', 'late'), line('c', 'count', 'l1')]
    expect(waitingLate(records).map((r) => r.mark_id)).toEqual(['l2'])
  })
})

describe('standings', () => {
  it('are found by label, name, unit and pinyin', () => {
    const rows = [
      { k: '001', pos: 1, done: 1, need: 1, name: '曾小雨', unit: '江城轨道', py: 'zxy zengxiaoyu' },
      { k: '002', pos: 2, done: 1, need: 1 },
    ]
    expect(rowsFitting(rows, 'zxy').map((r) => r.k)).toEqual(['001'])
    expect(rowsFitting(rows, '轨道 曾').map((r) => r.k)).toEqual(['001'])
    expect(rowsFitting(rows, '00')).toHaveLength(2)
  })
})
