import { beforeEach, describe, expect, it, vi } from 'vitest'
import { speak } from '@/shared/locale'
import type { PlanEvent } from '../plan/wire'
import { byContest, eventWords, plannedContests } from './planned'

const call = vi.hoisted(() => vi.fn())
vi.mock('../api', () => ({ call }))

const event = (id: string, contest: string, more: Partial<PlanEvent> = {}) =>
  ({
    id,
    contest,
    contest_name: `名 ${contest}`,
    trade: '焊工',
    trade_en: 'Welding',
    stage: 'final',
    ...more,
  }) as PlanEvent

beforeEach(() => {
  call.mockReset()
  speak('zh-CN')
})

describe('the contests of the plans', () => {
  it('come from every year, each contest and event once', async () => {
    const years: Record<string, object> = {
      '/plan': { year: 2026, years: [2025, 2026], lines: [{ event: event('a', 'x') }, { event: event('b', 'x') }] },
      '/plan?year=2025': {
        year: 2025,
        years: [2025, 2026],
        lines: [{ event: event('b', 'x') }, { event: event('c', 'y') }],
      },
    }
    call.mockImplementation((_method: string, path: string) => Promise.resolve(years[path]))
    const found = await plannedContests()
    expect(found.map((c) => [c.id, c.name, c.events.map((e) => e.id).join()])).toEqual([
      ['x', '名 x', 'a,b'],
      ['y', '名 y', 'c'],
    ])
  })

  it('names an event by trade, stage and group in the reader’s language', () => {
    const one = event('a', 'x', { stage: 'preliminary', group: '职工组' })
    expect(eventWords(one)).toBe('焊工 · 初赛 · 职工组')
    speak('en')
    expect(eventWords(one)).toBe('Welding · Preliminary · 职工组')
    expect(byContest([])).toEqual([])
  })
})
