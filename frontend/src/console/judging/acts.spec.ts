// @vitest-environment node
import { describe, expect, it } from 'vitest'
import {
  eventActs,
  needsOf,
  nextAct,
  unsentOf,
  unsentSignatures,
  whyNot,
  type EventAct,
  type Situation,
  type Why,
} from './acts'

const at = (s: Partial<Situation>): Situation => ({
  phase: 'running',
  frozen: false,
  sealed: false,
  lacks: [],
  unsent: 0,
  kind: 'rehearsal',
  mayAct: () => true,
  ...s,
})

describe('which acts are to be had', () => {
  const table: [string, Partial<Situation>, Partial<Record<EventAct, Why>>][] = [
    [
      'before the opening only the opening',
      { phase: 'waiting' },
      {
        freeze: 'not_open',
        unfreeze: 'not_open',
        lock: 'not_open',
        unseal: 'not_open',
        publish: 'not_open',
        policy: 'not_open',
        reopen: 'not_open',
      },
    ],
    [
      'nothing at all while something is missing',
      { phase: 'waiting', lacks: ['scheme'] },
      {
        open: 'lacks',
        freeze: 'not_open',
        unfreeze: 'not_open',
        lock: 'not_open',
        unseal: 'not_open',
        publish: 'not_open',
        policy: 'not_open',
        reopen: 'not_open',
      },
    ],
    [
      'while marks run: freeze and lock',
      { phase: 'running', sealed: true },
      {
        open: 'already_open',
        unfreeze: 'not_frozen',
        unseal: 'not_locked',
        publish: 'not_locked',
        reopen: 'not_locked',
      },
    ],
    [
      'frozen: the way back, and no second freeze',
      { phase: 'running', frozen: true },
      {
        open: 'already_open',
        freeze: 'already_frozen',
        unseal: 'not_sealed',
        publish: 'not_locked',
        reopen: 'not_locked',
      },
    ],
    [
      'locked and sealed: the unsealing stands before the publication',
      { phase: 'provisional', sealed: true },
      { open: 'already_open', unfreeze: 'not_frozen', lock: 'locked', publish: 'sealed' },
    ],
    [
      'locked and open: publication',
      { phase: 'provisional' },
      { open: 'already_open', unfreeze: 'not_frozen', lock: 'locked', unseal: 'not_sealed' },
    ],
    [
      'published: only back',
      { phase: 'official' },
      {
        open: 'already_open',
        freeze: 'published',
        unfreeze: 'not_frozen',
        lock: 'locked',
        unseal: 'not_sealed',
        publish: 'published',
      },
    ],
  ]
  it.each(table)('%s', (_, situation, blocked) => {
    const found = Object.fromEntries(eventActs.map((a) => [a, whyNot(a, at(situation))]).filter(([, why]) => why))
    expect(found).toEqual(blocked)
  })

  it('asks for the role first: a host opens, and nothing else', () => {
    const host = at({ phase: 'waiting', mayAct: (roles) => roles.includes('host') })
    expect(whyNot('open', host)).toBeNull()
    for (const a of eventActs) if (a !== 'open') expect(whyNot(a, host)).toBe('role')
  })
})

describe('what an act asks of people', () => {
  it('two persons: always to unseal and to count; in a real contest to publish and reopen', () => {
    const two = (kind: string) =>
      (['open', 'freeze', 'lock', 'unseal', 'publish', 'reopen', 'count'] as const).filter(
        (a) => needsOf(a, at({ kind })).second,
      )
    expect(two('rehearsal')).toEqual(['unseal', 'count'])
    expect(two('real')).toEqual(['unseal', 'publish', 'reopen', 'count'])
  })

  it('two persons to lock while tablets hold marks back', () => {
    expect(needsOf('lock', at({ unsent: 1 }))).toMatchObject({ second: true, grave: true })
    expect(needsOf('lock', at({}))).toMatchObject({ second: false, grave: false })
  })

  it('a reason where the ledger wants one', () => {
    expect(needsOf('reopen', at({})).reason).toBe(true)
    expect(needsOf('publish', at({})).reason).toBe(false)
  })

  it('counts tablets by outboxes and by numbers that never came', () => {
    expect(
      unsentOf([
        { pending: 0, holes: [] },
        { pending: 3, holes: [7] },
        { pending: 0, holes: [1, 2] },
      ]),
    ).toEqual({ tablets: 2, marks: 6 })
  })

  it('counts signatures of tablets in use only', () => {
    const states = [{ device: 'now', signatures: 1 }, { device: 'old', signatures: 2 }, { device: 'quiet' }]
    const tablets = [
      { id: 'now', frozen: false },
      { id: 'old', frozen: true },
      { id: 'quiet', frozen: false },
    ]
    expect(unsentSignatures(states, tablets)).toBe(1)
    expect(unsentSignatures(states, []), 'while the tablets are not known').toBe(0)
  })

  it.each([
    ['waiting', false, 'open'],
    ['running', true, 'lock'],
    ['provisional', true, 'unseal'],
    ['provisional', false, 'publish'],
    ['official', false, null],
  ] as const)('the next step of %s (sealed: %s) is %s', (phase, sealed, next) => {
    expect(nextAct(at({ phase, sealed }))).toBe(next)
  })
})
