import { describe, expect, it } from 'vitest'
import { givenWords } from './given'

const items = new Map([
  ['unsafe', { name: '不规范动作', isCounted: false }],
  ['glove', { name: '未戴手套', isCounted: true }],
])

describe('what a judge gave', () => {
  it('says items by their names: what they take, or how often they were seen', () => {
    expect(givenWords('unsafe=1.5;glove=2', items)).toBe('不规范动作 −1.5 / 未戴手套 ×2')
    expect(givenWords('other=1', items)).toBe('other=1')
  })

  it('shows readings one after the other and leaves the rest alone', () => {
    expect(givenWords('0.54;1.2;0.72')).toBe('0.54 / 1.2 / 0.72')
    expect(givenWords('8.5')).toBe('8.5')
    expect(givenWords('')).toBe('')
  })
})
