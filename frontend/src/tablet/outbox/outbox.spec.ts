import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { IDBFactory } from 'fake-indexeddb'
import type { Bundle } from '../bundle'
import { Courier, MOST, type Report } from './courier'
import type { Result } from './answers'
import { draft, Hall, problem, session, type Reply, type Wire } from './hall.tools'
import { Outbox, type Draft } from './outbox'
import { openStore, type Database, type Item } from './store'

let db: Database
let outbox: Outbox
let hall: Hall
let waits: { run: () => void; ms: number }[]
let reports: Report[]

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  db = await openStore()
  outbox = new Outbox(db)
  hall = new Hall()
  waits = []
  reports = []
})
afterEach(() => db.close())

function carry(post: (marks: Wire[]) => Promise<Reply> | Reply, box = outbox): Courier {
  return new Courier(box, {
    post: async (_, marks) => {
      hall.batches.push(marks as Wire[])
      return post(marks as Wire[])
    },
    report: (r) => reports.push(r),
    random: () => 0.5,
    later: (run, ms) => {
      const wait = { run, ms }
      waits.push(wait)
      return () => (waits = waits.filter((w) => w !== wait))
    },
  })
}

async function put(of: Draft): Promise<Item> {
  const [item] = await outbox.put(session, of)
  return item ?? expect.unreachable('one draft is one item')
}

const states = async () => (await outbox.list(session)).map((i) => i.state)
const lastLink = () => reports.filter((r) => r.link !== null).at(-1)?.link

describe('writing down', () => {
  it('gives the taps of a device numbers without holes, also after a restart', async () => {
    for (const a of ['a', 'b', 'c']) await outbox.put(session, draft(a))
    db.close()
    db = await openStore()
    outbox = new Outbox(db)
    await outbox.put(session, draft('d'))
    expect((await outbox.list(session)).map((i) => i.device_seq)).toEqual([1, 2, 3, 4])
  })

  it('keeps neither mark nor number of a tap that fails half way', async () => {
    const double = new Outbox(db, Date.now, () => 'same')
    await double.put(session, draft('a'))
    await expect(double.put(session, draft('b'))).rejects.toThrow()
    expect((await outbox.list(session)).map((i) => i.aspect)).toEqual(['a'])
    await outbox.put(session, draft('c'))
    expect((await outbox.list(session)).map((i) => i.device_seq)).toEqual([1, 2])
  })

  it('writes what belongs together all or not at all', async () => {
    const ids = ['a', 'b', 'b']
    const double = new Outbox(db, Date.now, () => ids.shift() ?? 'none')
    await expect(double.put(session, draft('a'), draft('b'), draft('c'))).rejects.toThrow()
    expect(await outbox.list(session)).toEqual([])
    const both = await outbox.put(session, draft('A', 'hand_in', { kind: 'clock' }), draft('time', '3750'))
    expect(both.map((i) => [i.kind, i.device_seq])).toEqual([
      ['clock', 1],
      ['mark', 2],
    ])
  })

  it('asks the disk itself, not its cache', async () => {
    const asked: unknown[] = []
    const real = db.transaction.bind(db)
    const spied = new Proxy(db, {
      get: (target, key) => {
        if (key !== 'transaction') return Reflect.get(target, key)
        return (...args: Parameters<typeof real>) => {
          asked.push(args[2])
          return real(...args)
        }
      },
    })
    await new Outbox(spied).put(session, draft('a'))
    expect(asked).toEqual([{ durability: 'strict' }])
  })
})

describe('sending', () => {
  it('sends in the order of the taps and keeps the receipts', async () => {
    for (const a of ['a', 'b', 'c']) await outbox.put(session, draft(a))
    const courier = carry(hall.answer)
    await courier.serve(session)
    expect(hall.batches.flat().map((m) => m.aspect)).toEqual(['a', 'b', 'c'])
    expect(hall.batches.flat().map((m) => m.device_seq)).toEqual([1, 2, 3])
    const items = await outbox.list(session)
    expect(items.map((i) => (i.receipt as { seq: number }).seq)).toEqual([1, 2, 3])
    expect(lastLink()).toBe('good')
    expect(waits).toEqual([])
  })

  it('sends at most a hundred at once', async () => {
    for (let i = 0; i < MOST + 20; i++) await outbox.put(session, draft(`a${i}`))
    const courier = carry(hall.answer)
    await courier.serve(session)
    expect(hall.batches.map((b) => b.length)).toEqual([100, 20])
  })

  it('carries once when it is asked twice', async () => {
    await outbox.put(session, draft('a'))
    const courier = carry(hall.answer)
    await Promise.all([courier.serve(session), courier.kick(), courier.kick()])
    expect(hall.batches.map((b) => b.length)).toEqual([1])
  })

  it('doubles nothing when two pages carry one outbox', async () => {
    for (const a of ['a', 'b']) await outbox.put(session, draft(a))
    const [one, two] = [carry(hall.answer), carry(hall.answer)]
    await Promise.all([one.serve(session), two.serve(session)])
    expect(hall.records.size).toBe(2)
    expect(await states()).toEqual(['accepted', 'accepted'])
  })

  it('takes a tap along that comes while a batch is under way', async () => {
    await outbox.put(session, draft('a'))
    let second: Promise<void> | undefined
    const courier: Courier = carry(async (marks) => {
      if (!second) {
        await outbox.put(session, draft('b'))
        second = courier.kick()
      }
      return hall.answer(marks)
    })
    await courier.serve(session)
    await second
    expect(await states()).toEqual(['accepted', 'accepted'])
  })

  it('keeps a mark whose reply is lost, and ends with one record and a receipt', async () => {
    await outbox.put(session, draft('a'))
    let lost = 2
    const courier = carry((marks) => {
      const reply = hall.answer(marks)
      return lost-- > 0 ? { kind: 'nothing', why: 'network' } : reply
    })
    await courier.serve(session)
    expect(await states()).toEqual(['pending'])
    expect(lastLink()).toBe('silent')
    await courier.kick()
    await courier.kick()
    expect(await states()).toEqual(['accepted'])
    expect(hall.records.size).toBe(1)
    expect(new Set(hall.batches.map((b) => JSON.stringify(b))).size).toBe(1)
  })

  it('sends again what was accepted before the page died in between', async () => {
    await outbox.put(session, draft('a'))
    const dying = Object.assign(Object.create(outbox) as Outbox, {
      settle: () => Promise.reject(new Error('the tab was closed')),
    })
    const first = carry(hall.answer, dying)
    await first.serve(session)
    expect(await states()).toEqual(['pending'])
    const next = carry(hall.answer)
    await next.serve(session)
    expect(await states()).toEqual(['accepted'])
    expect(hall.records.size).toBe(1)
  })

  it('pauses longer and longer, to five seconds, and starts anew after success', async () => {
    await outbox.put(session, draft('a'))
    let down = true
    const courier = carry((marks) => (down ? { kind: 'nothing', why: 'timeout' } : hall.answer(marks)))
    await courier.serve(session)
    const seen: number[] = []
    for (let i = 0; i < 5; i++) {
      expect(waits).toHaveLength(1)
      seen.push(waits[0]?.ms ?? 0)
      await courier.kick()
    }
    expect(seen).toEqual([1000, 2000, 4000, 5000, 5000])
    down = false
    await courier.kick()
    await outbox.put(session, draft('b'))
    down = true
    await courier.kick()
    expect(waits.map((w) => w.ms)).toEqual([1000])
  })
})

describe('answers', () => {
  it('waits as long as a busy server asks', async () => {
    await outbox.put(session, draft('a'))
    const busy: Reply = {
      kind: 'problem',
      problem: { status: 429, code: 'server.busy', title: '', request_id: 'r', retry_after: 7 },
    }
    const courier = carry(() => busy)
    await courier.serve(session)
    expect(await states()).toEqual(['pending'])
    expect(lastLink()).toBe('busy')
    expect(waits.map((w) => w.ms)).toEqual([7000])
  })

  it.each([
    [401, 'identity.replaced', 'sign_in'],
    [503, 'server.unavailable', 'busy'],
    [500, 'server.internal', 'busy'],
    [507, 'server.storage', 'full'],
  ])('keeps everything at %i', async (status, code, link) => {
    await outbox.put(session, draft('a'))
    const courier = carry(() => problem(status, code))
    await courier.serve(session)
    expect(await states()).toEqual(['pending'])
    expect(lastLink()).toBe(link)
  })

  it('keeps everything when somebody else answers: a captive portal, a 207 without results', async () => {
    await outbox.put(session, draft('a'))
    const foreign: Reply[] = [
      { kind: 'nothing', why: 'foreign' },
      { kind: 'ok', status: 200, etag: null, data: { results: [] } },
      { kind: 'ok', status: 207, etag: null, data: {} as { results: Result[] } },
    ]
    for (const reply of foreign) {
      const courier = carry(() => reply)
      await courier.serve(session)
      expect(await states()).toEqual(['pending'])
      expect(lastLink()).toBe('silent')
    }
  })

  it('keeps a mark that its answer does not name, and pauses before it asks again', async () => {
    for (const a of ['a', 'b']) await outbox.put(session, draft(a))
    const courier = carry((marks) => ({
      kind: 'ok',
      status: 207,
      etag: null,
      data: { results: marks.slice(0, 1).map((m) => hall.take(m)) },
    }))
    await courier.serve(session)
    expect(await states()).toEqual(['accepted', 'pending'])
    expect(waits).toHaveLength(1)
  })

  it('halves a batch that is too large until it passes', async () => {
    for (let i = 0; i < 10; i++) await outbox.put(session, draft(`a${i}`))
    const courier = carry((marks) => (marks.length > 3 ? problem(413, 'web.too_large') : hall.answer(marks)))
    await courier.serve(session)
    expect(hall.batches.slice(0, 4).map((b) => b.length)).toEqual([10, 5, 3, 6])
    expect(hall.records.size).toBe(10)
    expect(await states()).toEqual(Array(10).fill('accepted'))
  })

  it('returns the one mark that spoils a whole batch and carries its neighbours', async () => {
    for (const a of ['a', 'b', 'bad', 'c']) await outbox.put(session, draft(a))
    const courier = carry((marks) =>
      marks.some((m) => m.aspect === 'bad') ? problem(400, 'web.malformed') : hall.answer(marks),
    )
    await courier.serve(session)
    expect(await states()).toEqual(['accepted', 'accepted', 'returned', 'accepted'])
  })

  it('returns a refused mark with its reason and never removes it', async () => {
    for (const a of ['a', 'b']) await outbox.put(session, draft(a))
    hall.refuse.add('b')
    const courier = carry(hall.answer)
    await courier.serve(session)
    const items = await outbox.list(session)
    expect(items.map((i) => i.state)).toEqual(['accepted', 'returned'])
    expect(items[1]?.reason?.code).toBe('judging.above_max')
    await outbox.dismiss(items[1]?.mark_id ?? '')
    expect(await outbox.unsent()).toHaveLength(1)
  })

  it('sends a returned mark again as it was when the judge asks', async () => {
    const item = await put(draft('a'))
    hall.refuse.add('a')
    const courier = carry(hall.answer)
    await courier.serve(session)
    hall.refuse.clear()
    await outbox.resend(item.mark_id, session)
    await courier.kick()
    expect(await states()).toEqual(['accepted'])
    expect(hall.batches[0]).toEqual(hall.batches[1])
  })

  it('keeps a late mark with its receipt', async () => {
    await outbox.put(session, draft('a'))
    const courier = carry((marks) => ({
      kind: 'ok',
      status: 207,
      etag: null,
      data: { results: marks.map((m) => ({ ...hall.take(m), status: 202 })) },
    }))
    await courier.serve(session)
    const [item] = await outbox.list(session)
    expect([item?.state, item?.late]).toEqual(['accepted', true])
  })
})

describe('corrections', () => {
  it('let a correction that never went out replace what the returned mark would have', async () => {
    const first = await put(draft('a', '11'))
    hall.refuse.add('a')
    let fix: Promise<unknown> | undefined
    const courier = carry((marks) => {
      fix ??= outbox.put(session, draft('a', '9', { supersedes: first.mark_id })).then(() => hall.refuse.clear())
      return fix.then(() => ({
        kind: 'ok' as const,
        status: 207,
        etag: null,
        data: {
          results: marks.map((m) =>
            m.value === '11'
              ? {
                  status: 422,
                  mark_id: m.mark_id,
                  problem: { status: 422, code: 'judging.above_max', title: '', request_id: 'r' },
                }
              : hall.take(m),
          ),
        },
      }))
    })
    await courier.serve(session)
    await courier.kick()
    expect(await states()).toEqual(['returned', 'accepted'])
    expect([...hall.records.values()].map((m) => [m.value, m.supersedes])).toEqual([['9', undefined]])
  })

  it('does not change a correction that may have arrived', async () => {
    const first = await put(draft('a', '11'))
    const second = await put(draft('a', '9', { supersedes: first.mark_id }))
    await outbox.claim([first, second])
    const reason = { status: 422, code: 'judging.above_max', title: '', request_id: 'r' }
    await outbox.settle(new Map([[first.mark_id, { to: 'returned', reason }]]))
    expect((await outbox.list(session))[1]?.supersedes).toBe(first.mark_id)
  })
})

describe('a new bundle', () => {
  const bundle = (marks: Bundle['marks']): Bundle => ({
    event: { id: 'e1', trade: '焊工', version: 1, phase: 'running', kind: 'real' },
    chair: session.chair,
    sheets: [],
    works: [],
    marks,
    finished: [],
  })

  it('settles marks whose replies were lost, with all that they replaced', async () => {
    const a = await put(draft('a', '1'))
    const b = await put(draft('a', '2', { supersedes: a.mark_id }))
    await outbox.put(session, draft('b'))
    const mark = {
      work: '417A',
      aspect: 'a',
      attempt: 1,
      round: 1,
      value: '2',
      kind: 'mark' as const,
      mark_id: b.mark_id,
      seq: 9,
    }
    await outbox.keepBundle(session, bundle([mark]), '"1"')
    expect(await states()).toEqual(['accepted', 'accepted', 'pending'])
  })
})

describe('a server that went back to a backup', () => {
  it('gets what it gave a receipt for once more, and only that', async () => {
    for (const a of ['a', 'b', 'c', 'd']) await outbox.put(session, draft(a))
    const courier = carry(hall.answer)
    await courier.serve(session)
    const told: Bundle = {
      event: { id: 'e1', trade: '焊工', version: 1, phase: 'running', kind: 'real' },
      chair: session.chair,
      sheets: [],
      works: [],
      marks: [],
      finished: [],
      device: { highest: 3, holes: [2] },
    }
    await outbox.keepBundle(session, told, null)
    expect(await states()).toEqual(['accepted', 'pending', 'accepted', 'pending'])
    hall.batches = []
    await courier.kick()
    expect(hall.batches.flat().map((m) => m.device_seq)).toEqual([2, 4])
  })
})

describe('a clock that is set back', () => {
  it('changes nothing about what was given last', async () => {
    let now = Date.UTC(2036, 0, 1)
    const box = new Outbox(db, () => now)
    await box.put(session, draft('a', '1'))
    now = Date.UTC(1999, 0, 1)
    await box.put(session, draft('a', '2'))
    expect((await box.list(session)).map((i) => i.value)).toEqual(['1', '2'])
  })
})

describe('a full tablet', () => {
  it('still hands over what it holds, and pauses when it cannot keep the receipts', async () => {
    await outbox.put(session, draft('a'))
    const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
    const box = Object.assign(Object.create(outbox) as Outbox, { claim: full, settle: full })
    await carry(hall.answer, box).serve(session)
    expect(hall.records.size).toBe(1)
    expect(await states()).toEqual(['pending'])
    expect(lastLink()).toBe('good')
    expect(waits).toHaveLength(1)
  })
})

describe('words about a session', () => {
  const clock = (value: string, supersedes: string | null = null) => draft('A', value, { kind: 'clock', supersedes })

  it('have arrived with the newest that the bundle tells, and not those after it', async () => {
    const given: Item[] = []
    for (const value of ['start', 'pause rule', 'resume']) given.push(await put(clock(value)))
    await put({ ...clock('start'), work: '023B' })
    const stands = { state: 'paused' as const, added: 0, net: 60, violations: 0, signed: '' as const, by: 3 }
    const sessions = [{ work: '417A', criterion: 'A', newest: given[1]?.mark_id ?? '', ...stands }]
    const about = { id: 'e1', trade: '焊工', version: 1, phase: 'running' as const, kind: 'real' as const }
    const told: Bundle = {
      event: about,
      chair: session.chair,
      sheets: [],
      works: [],
      marks: [],
      finished: [],
      sessions,
    }
    await outbox.keepBundle(session, told, null)
    expect(await states()).toEqual(['accepted', 'accepted', 'pending', 'pending'])
  })
})

describe('pairing anew', () => {
  it('goes on under the new device, in the old order, without using a number twice', async () => {
    for (const a of ['a', 'b']) await outbox.put(session, draft(a))
    const anew = { ...session, device: 'd2', token: 't2' }
    await outbox.adopt(anew)
    await outbox.put(anew, draft('c'))
    const items = await outbox.list(anew)
    expect(items.map((i) => [i.aspect, i.device, i.device_seq])).toEqual([
      ['a', 'd2', 1],
      ['b', 'd2', 2],
      ['c', 'd2', 3],
    ])
  })

  it('gives what another tablet came between back to the judge, who may send it again', async () => {
    for (const a of ['a', 'b']) await outbox.put(session, draft(a))
    const replaced = await outbox.replace(session)
    const anew = { ...session, device: 'd2', token: 't2' }
    await outbox.adopt(anew, replaced)
    const back = await outbox.list(anew)
    expect(back.map((i) => [i.state, i.reason?.code])).toEqual([
      ['returned', 'identity.replaced'],
      ['returned', 'identity.replaced'],
    ])
    await outbox.resend(back[1]?.mark_id ?? '', anew)
    await carry(hall.answer).serve(anew)
    expect(hall.batches.flat().map((m) => [m.aspect, m.device_seq])).toEqual([['b', 1]])
  })

  it("leaves another chair's marks alone and still exports them", async () => {
    await outbox.put(session, draft('a'))
    const other = { ...session, device: 'd2', chair: { ...session.chair, number: 4 } }
    await outbox.adopt(other)
    expect(await outbox.list(other)).toEqual([])
    const courier = carry(hall.answer)
    await courier.serve(other)
    expect(hall.batches).toEqual([])
    expect((await outbox.unsent()).map((i) => i.chair)).toEqual([3])
  })
})
