import { afterEach, describe, expect, it } from 'vitest'
import { countedBy, keepWatch, recallWatch, secondsBy, toggled, type Watch } from './stopwatch'

const zero: Watch = { counted: 0, since: null }

describe('a stopwatch', () => {
  afterEach(() => localStorage.clear())

  it('counts while it runs, stands while it is paused, and adds up', () => {
    const running = toggled(zero, 1_000)
    expect(countedBy(running, 4_500)).toBe(3_500)
    const paused = toggled(running, 4_500)
    expect(countedBy(paused, 900_000)).toBe(3_500)
    const again = toggled(paused, 10_000)
    expect(countedBy(again, 12_000)).toBe(5_500)
  })

  it('gives whole seconds: a begun one does not count', () => {
    const running = toggled(zero, 0)
    expect(secondsBy(running, 999)).toBe('0')
    expect(secondsBy(running, 83_999)).toBe('83')
  })

  it('never counts backwards', () => expect(countedBy(toggled(zero, 5_000), 1_000)).toBe(0))

  it('runs on while the page is closed; at zero it leaves nothing', () => {
    keepWatch('417A', toggled(zero, 1_000))
    expect(countedBy(recallWatch('417A'), 61_000)).toBe(60_000)
    expect(recallWatch('023C')).toEqual(zero)
    keepWatch('417A', zero)
    expect(localStorage.length).toBe(0)
    localStorage.setItem('jiangtai.watch.417A', '"x"')
    expect(recallWatch('417A')).toEqual(zero)
  })
})
