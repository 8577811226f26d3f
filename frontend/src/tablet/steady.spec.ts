import { beforeEach, describe, expect, it } from 'vitest'
import { SteadyClock } from './steady'

const START = Date.UTC(2026, 9, 20, 1, 0)
const HOUR = 3_600_000

/** A device whose time of day and counter are moved by hand. */
function device() {
  const d = { wall: START, mono: 5_000, hidden: false, kept: null as string | null }
  const clock = () =>
    new SteadyClock({
      wall: () => d.wall,
      mono: () => d.mono,
      hidden: () => d.hidden,
      recall: () => d.kept,
      keep: (text) => (d.kept = text),
    })
  const pass = (ms: number) => {
    d.wall += ms
    d.mono += ms
  }
  return { d, clock, pass }
}

describe('the steady clock', () => {
  let my: ReturnType<typeof device>
  beforeEach(() => (my = device()))

  it('begins at the time of day and goes on with it', () => {
    const clock = my.clock()
    expect(clock.now()).toBe(START)
    my.pass(90_500)
    expect(clock.now()).toBe(START + 90_500)
  })

  it.each([
    ['back by ten years', -10 * 365 * 24 * HOUR],
    ['ahead by ten years', 10 * 365 * 24 * HOUR],
    ['ahead by an hour', HOUR],
    ['back by three seconds', -3_000],
  ])('does not follow a time of day that is set %s', (_, jump) => {
    const clock = my.clock()
    clock.now()
    my.pass(1_000)
    my.d.wall += jump
    my.pass(1_000)
    expect(clock.now()).toBe(START + 2_000)
  })

  it('counts the sleep of the device, in which its counter stands still', () => {
    const clock = my.clock()
    my.pass(1_000)
    my.d.hidden = true
    clock.hide()
    my.d.wall += 20 * 60_000
    my.d.hidden = false
    clock.hide()
    my.pass(500)
    expect(clock.now()).toBe(START + 1_000 + 20 * 60_000 + 500)
    my.d.wall += HOUR
    my.pass(1)
    expect(clock.now(), 'awake again, a jump is a jump').toBe(START + 20 * 60_000 + 1_501)
  })

  it('takes more than a day of sleep for a time that was set', () => {
    const clock = my.clock()
    clock.hide()
    my.d.wall += 48 * HOUR
    expect(clock.now()).toBe(START)
  })

  it('goes on after a reload, corrected as before', () => {
    const before = my.clock()
    before.now()
    my.pass(2_000)
    my.d.wall -= HOUR // somebody sets the time
    my.pass(2_000)
    expect(before.now()).toBe(START + 4_000)
    my.d.mono = 0 // a new page counts from nothing
    my.pass(3_000)
    const after = my.clock()
    expect(after.now()).toBe(START + 7_000)
    my.pass(1_000)
    expect(after.now()).toBe(START + 8_000)
  })

  it('is never below what it said before, even if the time is set back while no page is open', () => {
    const before = my.clock()
    my.pass(5_000)
    before.now()
    my.d.wall -= 24 * HOUR
    expect(my.clock().now()).toBe(START + 5_000)
  })

  it.each(['', '{', '[]', '{"ahead":"x"}'])('begins anew when what was kept is no reading: %s', (text) => {
    my.d.kept = text
    expect(my.clock().now()).toBe(START)
  })
})
