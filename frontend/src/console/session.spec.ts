// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { holds } from './session'
import type { Account, Grant } from './wire'

const who = (...grants: Grant[]): Account => ({
  id: '1',
  user: 'u',
  name: 'n',
  disabled: false,
  must_change: false,
  created_at: '',
  grants,
})

describe('who may', () => {
  it.each([
    ['an administrator everywhere', who({ role: 'administrator' }), 'c1', 'e1', true],
    ['an organiser in the own contest', who({ role: 'organiser', contest: 'c1' }), 'c1', 'e1', true],
    ['not in another', who({ role: 'organiser', contest: 'c2' }), 'c1', 'e1', false],
    ['a grant for one event in that event', who({ role: 'organiser', contest: 'c1', event: 'e1' }), 'c1', 'e1', true],
    ['not in its neighbour', who({ role: 'organiser', contest: 'c1', event: 'e2' }), 'c1', 'e1', false],
    ['nor in the contest as a whole', who({ role: 'organiser', contest: 'c1', event: 'e1' }), 'c1', '', false],
    ['not with another role', who({ role: 'spectator', contest: 'c1' }), 'c1', 'e1', false],
    ['nobody', null, 'c1', 'e1', false],
  ])('%s', (_, account, contest, event, yes) => {
    expect(holds(account, ['administrator', 'organiser'], contest, event)).toBe(yes)
  })
})
