import { describe, expect, it } from 'vitest'
import { speak } from '@/shared/locale'
import { byPanel, isReady, signs, standingWords, troubles, type Place, type Standing } from './wall'

const place = (chair: number, panel: string, standing: Standing, checks: [string, string][] = []): Place => ({
  chair,
  panel,
  seat: chair,
  judge: '',
  standing,
  report: {
    at: '2026-11-23T08:00:00Z',
    checks: checks.map(([check, state]) => ({ check, state, detail: '' })) as NonNullable<Place['report']>['checks'],
  },
})

describe('the wall of ready tablets', () => {
  it('says each standing in words of its own and with a sign of its own', () => {
    const all = Object.keys(signs) as Standing[]
    for (const language of ['zh-CN', 'en'] as const) {
      speak(language)
      expect(new Set(all.map(standingWords)).size).toBe(all.length)
    }
    expect(new Set(Object.values(signs)).size).toBe(all.length)
    expect(all.filter((s) => isReady(place(1, 'A', s)))).toEqual(['ready', 'attention'])
  })

  it('names what is wrong, the worst first, and leaves out what is well or not told', () => {
    const p = place(1, 'A', 'not_ready', [
      ['secure', 'ok'],
      ['clock', 'attention'],
      ['camera', 'untold'],
      ['storage', 'fail'],
    ])
    expect(troubles(p).map((t) => t.check)).toEqual(['storage', 'clock'])
    expect(troubles({ ...p, report: undefined })).toEqual([])
  })

  it('groups chairs by panel in their order', () => {
    const groups = byPanel([place(1, 'B', 'ready'), place(2, 'A', 'ready'), place(3, 'B', 'old')])
    expect(groups.map((g) => [g.panel, g.places.map((p) => p.chair)])).toEqual([
      ['B', [1, 3]],
      ['A', [2]],
    ])
  })
})
