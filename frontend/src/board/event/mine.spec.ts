import { beforeEach, describe, expect, it, vi } from 'vitest'
import { mine, setMine } from './mine'

beforeEach(() => localStorage.clear())

describe('my entry number', () => {
  it('is kept per event, and given up', () => {
    setMine('welding', 'A014')
    setMine('turning', 'B002')
    expect([mine('welding'), mine('turning'), mine('other')]).toEqual(['A014', 'B002', ''])
    setMine('welding', '')
    expect([mine('welding'), mine('turning')]).toEqual(['', 'B002'])
  })

  it('does not fill the device', () => {
    for (let i = 0; i < 80; i++) setMine(`e${i}`, 'A001')
    expect(mine('e79')).toBe('A001')
    expect(mine('e0')).toBe('')
  })

  it.each(['rubbish', '{"a":1}', 'null'])('survives a store that holds %s', (text) => {
    localStorage.setItem('jiangtai.mine', text)
    expect(mine('welding')).toBe('')
  })

  it('survives a store that is forbidden', () => {
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    expect(mine('welding')).toBe('')
  })
})
