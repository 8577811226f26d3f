/** What the tests of registration share: invented people with valid check digits, terms, and a contest that takes them. */
import { packed } from './console.tools'
import type { Server } from './server'

/** A valid ID number of an invented person, born 1990 to 1999; the region 990x of GB/T 2260 is nobody's city. */
export function idNumber(n: number): string {
  const first = `4201${String(10 + (n % 80)).padStart(2, '0')}199${n % 10}0${1 + (n % 9)}1${n % 10}${String(100 + n).padStart(3, '0')}`
  let sum = 0
  let weight = 1
  for (let i = 16; i >= 0; i--) {
    weight = (weight * 2) % 11
    sum += Number(first[i]) * weight
  }
  return first + ('10X98765432'[sum % 11] ?? '')
}

export const phone = (n: number) => `1380000${String(1000 + n)}`

const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString()

export function terms(change: object = {}): object {
  return {
    opens_at: day(-1),
    closes_at: day(10),
    correct_until: day(12),
    is_public: true,
    ladder: ['host', 'office'],
    events_per_person: 1,
    per_unit: 3,
    notice: {
      version: '2026-1',
      text: '我们用您填写的信息审核参赛资格、组织比赛和办理保险。\n证件号码加密保存，页面只显示掩码。',
    },
    rules: [
      { rule: 'trade_years', min: 2 },
      { rule: 'age', min: 18, max: 60, on: day(10).slice(0, 10) },
      { rule: 'not_teacher' },
      { rule: 'certificates', values: ['焊工证'], on: day(10).slice(0, 10) },
      { rule: 'barred_titles', values: ['全国劳动模范'] },
      { rule: 'city_years', min: 1, warns: true },
    ],
    ...change,
  }
}

export interface Fair {
  contest: string
  events: Record<string, string>
}

/** Imports the example contest and opens its registration. */
export async function fair(server: Server): Promise<Fair> {
  const made = await server.call<{ contest: { id: string } }>('POST', '/api/v1/packages', new Uint8Array(packed()))
  const contest = made.contest.id
  const { events } = await server.call<{ events: { id: string; code: string }[] }>(
    'GET',
    `/api/v1/contests/${contest}/events`,
  )
  await server.call('PUT', `/api/v1/contests/${contest}/registration-terms`, { terms: terms(), reason: '' })
  return { contest, events: Object.fromEntries(events.map((e) => [e.code, e.id])) }
}

/** An application without faults of the n-th person. */
export function draft(n: number, change: object = {}): object {
  return {
    name: ['梁志远', '曾小雨', '欧阳安', '单春生', '查秋月', '解文海'][n % 6] ?? '梁志远',
    id_number: idNumber(n),
    phone: phone(n),
    unit_name: `江城第${n}厂`,
    employment: 'employee',
    skill: '3',
    city_years: 5,
    trade_years: 4,
    certificates: [{ kind: '焊工证', until: '2030-01-31' }],
    promise: true,
    consent: { notice: '2026-1', sensitive: true },
    ...change,
  }
}

/** An account that may do `role` in one event or the whole contest, signed in. */
export async function person(
  server: Server,
  user: string,
  grants: object[],
): Promise<{ user: string; password: string; token: string }> {
  const made = await server.call<{ account: { id: string }; password: string }>('POST', '/api/v1/accounts', {
    user,
    name: `${user}（虚构）`,
    grants,
  })
  const first = await server.call<{ token: string }>('POST', '/api/v1/sessions', { user, password: made.password }, '')
  const password = `lantern-${user}-2026`
  await server.call('PUT', '/api/v1/accounts/current/password', { old: made.password, new: password }, first.token)
  const { token } = await server.call<{ token: string }>('POST', '/api/v1/sessions', { user, password }, '')
  return { user, password, token }
}
