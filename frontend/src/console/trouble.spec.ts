// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { speak } from '@/shared/locale'
import { asTrouble, dataOf, fieldWords, learnWords, Trouble } from './trouble'

const problem = (code: string, extra = {}) => ({ status: 422, code, title: '服务器说的话', request_id: 'r1', ...extra })
const speakQuietly = (l: 'zh-CN' | 'en') => {
  globalThis.document ??= { documentElement: {} } as Document
  speak(l)
}

describe('a refusal in words', () => {
  it('says the catalogue’s words in the language in force, and switches with it', async () => {
    await learnWords()
    const t = new Trouble(problem('judging.reason'))
    speakQuietly('zh-CN')
    expect(t.words).toBe('请写明理由')
    speakQuietly('en')
    expect(t.words).toBe('A reason is needed')
    speakQuietly('zh-CN')
  })

  it('falls back to the title that the server sent where the code is new to this page', () => {
    expect(new Trouble(problem('future.thing')).words).toBe('服务器说的话')
  })

  it('names what is wrong at a place, with its hint, and nothing elsewhere', async () => {
    await learnWords()
    const t = new Trouble(
      problem('programme.invalid', { fields: [{ path: '/code', code: 'programme.code_duplicate', hint: 'welder' }] }),
    )
    expect(t.at('/code')).toBe('代码重复（welder）')
    expect(t.at('/name')).toBe('')
    expect(fieldWords({ path: '/x', code: 'nobody.knows' })).toBe('nobody.knows')
  })

  it('tells a lost network from a slow server and from somebody else’s answer', () => {
    const words = (['network', 'timeout', 'foreign'] as const).map((why) => new Trouble({ why }).words)
    expect(new Set(words).size).toBe(3)
    expect(words[0]).toContain('连不上')
  })

  it('gives the data of a good answer and throws the rest', async () => {
    await expect(dataOf({ kind: 'ok', status: 200, data: 7, etag: null })).resolves.toBe(7)
    await expect(dataOf({ kind: 'nothing', why: 'timeout' })).rejects.toBeInstanceOf(Trouble)
    await expect(dataOf({ kind: 'problem', problem: problem('judging.role') })).rejects.toMatchObject({
      code: 'judging.role',
      request: 'r1',
    })
  })

  it('lets a fault of the page itself go on its way', () => {
    expect(() => asTrouble(new TypeError('ours'))).toThrow(TypeError)
  })
})
