import { beforeEach, describe, expect, it } from 'vitest'
import { speak } from '@/shared/locale'
import { syncWord, type SyncFacts } from './outbox/state'
import { refusalWords } from './refusals'
import { syncWords } from './words'

const at = new Date(2026, 10, 22, 14, 32).getTime()
const facts = (more: Partial<SyncFacts> = {}): SyncFacts => ({
  link: 'good',
  lastGood: at,
  sending: 0,
  waiting: 0,
  returned: 0,
  readonly: false,
  replaced: false,
  handed: 0,
  broken: false,
  ...more,
})

function said(more: Partial<SyncFacts>): string {
  const f = facts(more)
  const words = syncWords(syncWord(f), f)
  return [words.text, words.detail].filter(Boolean).join(' / ')
}

beforeEach(() => speak('zh-CN'))

describe('the state of the link in words', () => {
  it.each<[Partial<SyncFacts>, string]>([
    [{}, '已同步 14:32'],
    [{ link: null, lastGood: null }, '正在连接'],
    [{ waiting: 3, sending: 3 }, '正在上传 3 项'],
    [{ waiting: 6, link: 'silent' }, '离线 · 已存本机 6 项 / 联网后自动上传'],
    // A retry under way is no good news yet: the words do not flicker.
    [{ waiting: 6, sending: 6, link: 'silent' }, '离线 · 已存本机 6 项 / 联网后自动上传'],
    [{ link: 'silent' }, '离线 · 已同步 14:32'],
    [{ link: 'silent', lastGood: null }, '离线'],
    [{ link: 'sign_in', waiting: 2 }, '需重新配对 · 已存本机 2 项'],
    [{ link: 'busy', waiting: 2 }, '服务器忙 · 已存本机 2 项 / 联网后自动上传'],
    [{ link: 'full', waiting: 2 }, '服务器存储已满 · 已存本机 2 项 / 联网后自动上传'],
    [{ returned: 2 }, '2 项被退回 / 已同步 14:32'],
    [{ returned: 1, link: 'silent', waiting: 4 }, '1 项被退回 / 离线 · 已存本机 4 项'],
    [{ broken: true, waiting: 1 }, '没有存上 / 已存本机 1 项'],
    [{ readonly: true }, '只读'],
    [{ replaced: true, readonly: true }, '已由另一台平板接替'],
    [{ replaced: true, waiting: 2 }, '已由另一台平板接替 · 已存本机 2 项 / 正移交裁判长'],
    [
      { replaced: true, waiting: 2, link: 'sign_in' },
      '已由另一台平板接替 · 已存本机 2 项 / 移交时限已过，请导出文件交裁判长',
    ],
    [{ replaced: true, handed: 2 }, '已由另一台平板接替 · 已交裁判长 2 项'],
  ])('%j', (more, words) => expect(said(more)).toBe(words))

  it('follows the language at once', () => {
    speak('en')
    expect(said({ waiting: 6, link: 'silent' })).toBe('Offline · 6 kept here / sent when connected')
  })
})

describe('refusals in words', () => {
  it('name the limit with its unit', () => {
    expect(refusalWords({ code: 'judging.above_max', hint: '8' }, 'mm')).toBe('不能大于 8 mm')
    expect(refusalWords({ code: 'judging.off_step', hint: '0.1' })).toBe('须为 0.1 的整数倍')
    expect(refusalWords({ code: 'judging.malformed_value', hint: '' })).toBe('不是有效的数值')
  })
})
