import { describe, expect, it } from 'vitest'
import type { Line, LineKind, Outstanding } from '../results/wire'
import { nextOf, wayOf } from './way'

const line = (kind: LineKind, count = 1): Line => ({ kind, opens: '', stops: '', count, works: [] }) as Line
const out = (phase: string, chain: string, sealed: boolean, ...lines: Line[]) =>
  ({ phase, chain, sealed, lines, done: 0, need: 0 }) as unknown as Outstanding
const say = (o: Outstanding) =>
  wayOf(o)
    .map((s) => `${s.key}:${s.state}${s.left ? `:${s.left}` : ''}`)
    .join(' ')

describe('the way from the last mark to the signed list', () => {
  it('has one next step', () => {
    const o = out('running', 'full', true, line('marks', 7), line('late', 2), line('lock'))
    expect(say(o)).toBe(
      'marks:now:9 lock:later:1 sheets:later summaries:later recheck:later unseal:later list:later publish:later',
    )
    expect(nextOf(wayOf(o))?.key).toBe('marks')
  })

  it('goes on when all marks are in, through papers and recheck', () => {
    expect(say(out('running', 'full', false, line('lock')))).toContain('marks:done lock:now:1')
    const signing = out(
      'provisional',
      'full',
      false,
      line('mark_sheet'),
      line('mark_sheet'),
      line('panel_summary'),
      line('recheck_draw'),
      line('result_list'),
      line('publish'),
    )
    expect(say(signing)).toBe(
      'marks:done lock:done sheets:now:2 summaries:later:1 recheck:later:1 list:later:1 publish:later:1',
    )
  })

  it('is short where no paper is asked for, and ends', () => {
    expect(say(out('provisional', 'light', false, line('publish')))).toBe('marks:done lock:done publish:now:1')
    const over = out('official', 'full', false, line('notice'))
    expect(nextOf(wayOf(over))).toBeNull()
    expect(wayOf(over).every((s) => s.state === 'done')).toBe(true)
  })
})
