import { beforeAll, describe, expect, it } from 'vitest'
import { speak } from '@/shared/locale'
import { grouped, groups, keysOf, lineWords, pageOf, states, stateWord, whoOf } from './lines'
import type { Line, LineKind } from './wire'

beforeAll(() => speak('zh-CN'))

const kinds: LineKind[] = [
  'not_open',
  'marks',
  'no_marks',
  'short',
  'spread',
  'late',
  'unsent',
  'silent',
  'absent',
  'tie',
  'lock',
  'mark_sheet',
  'panel_summary',
  'recheck_draw',
  'recheck_left',
  'recheck_wrong',
  'recheck_recused',
  'recusal',
  'unseal',
  'result_list',
  'publish',
  'notice',
  'notice_void',
]
const line = (kind: LineKind, more: Partial<Line> = {}): Line => ({
  kind,
  opens: '',
  stops: '',
  count: 3,
  works: [],
  ...more,
})
const panelName = (id: string) => ({ judges: '评分组' })[id] ?? id

describe('the list of what is missing', () => {
  it('has a sentence for every kind', () => {
    for (const kind of kinds) {
      const words = lineWords(line(kind), panelName)
      expect(words, kind).toBeTruthy()
      expect(words, kind).not.toBe(kind)
      expect(words, kind).not.toMatch(/[{}]|undefined/)
    }
  })

  it('says who owes marks: the judge, any chair of a panel, or somebody outside', () => {
    const judge = { chair: 3, seat: 2, judge: '丙', panel: 'judges' }
    expect(whoOf(line('marks', judge), panelName)).toBe('丙（评分组 2 号席）')
    expect(lineWords(line('marks', judge), panelName)).toBe('丙（评分组 2 号席）还差 3 项打分')
    expect(lineWords(line('marks', { ...judge, judge: undefined }), panelName)).toContain('评分组 2 号席')
    expect(lineWords(line('marks', { panel: 'judges' }), panelName)).toBe('评分组还差 3 项打分')
    expect(lineWords(line('marks'), panelName)).toContain('外来成绩')
  })

  it('shows the values of a spread only where they were sent', () => {
    const cell = { aspect: 'a', code: 'A1', name: '外观', attempt: 1, round: 1, allowed: '2', again: false }
    expect(lineWords(line('spread', { spread: { ...cell, low: '3', high: '9' } }), panelName)).toContain('3–9')
    expect(lineWords(line('spread', { spread: cell }), panelName)).toContain('只许差 2')
  })

  it('names the cut of a tie', () => {
    expect(lineWords(line('tie', { prize: '一等奖', places: 1 }), panelName)).toBe(
      '一等奖的边界上 3 人并列，只有 1 个名额',
    )
    expect(lineWords(line('tie', { places: 1 }), panelName)).toContain('晋级')
  })

  it('says why a paper is void', () => {
    const list = (reason?: string) => lineWords(line('result_list', { paper: { state: 'void', reason } }), panelName)
    expect(list()).toContain('内容有改动')
    expect(list('content')).toContain('内容有改动')
    expect(list('below')).toContain('没有签齐')
    expect(list('person')).toContain('由人作废')
    expect(lineWords(line('result_list'), panelName)).toContain('没有打印')
  })

  it('is cut into the parts of the day, and none is lost', () => {
    const parts = grouped(kinds.map((k) => line(k)))
    expect(parts.map((p) => p.group)).toEqual([...groups])
    expect(parts.flatMap((p) => p.lines.map((l) => l.kind)).sort()).toEqual([...kinds].sort())
    expect(grouped([line('recheck_draw')]).map((p) => p.group)).toEqual(['recheck'])
  })

  it('keeps its names while works go, and never gives one twice', () => {
    const owes = (...works: string[]) => line('marks', { chair: 3, works: works.map((work) => ({ work })) })
    expect(keysOf([owes('001', '002')])).toEqual(keysOf([owes('002')]))
    expect(new Set(keysOf([line('unsent', { chair: 1 }), line('unsent', { chair: 1 }), line('lock')])).size).toBe(3)
  })

  it('opens a page, or is done in place', () => {
    expect(pageOf(line('recheck_left', { opens: 'recheck' }))?.name).toBe('recheck')
    expect(pageOf(line('absent', { opens: 'blind' }))?.name).toBe('coding')
    for (const opens of ['', 'absent', 'status', 'panel', 'decide', 'lock'] as const) {
      expect(pageOf(line('marks', { opens }))).toBeNull()
    }
  })
})

it('every state has its word', () => {
  expect(states.map(stateWord)).toEqual(['未开始', '进行中', '暂列', '已复核', '正式', '公示', '终'])
})
