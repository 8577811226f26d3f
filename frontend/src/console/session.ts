import { computed, shallowRef } from 'vue'
import { ask } from '@/shared/http'
import { locale } from '@/shared/locale'
import { call, whenSignedOut } from './api'
import { dataOf } from './trouble'
import type { Account, Role } from './wire'

/** loading: not asked yet; unreachable: no answer; out: nobody; in: somebody; over: the session ended under a page. */
export type State = 'loading' | 'unreachable' | 'out' | 'in' | 'over'

const account = shallowRef<Account | null>(null)
const now = shallowRef<State>('loading')
/** Why the session is over, as the server says it. */
export const overCode = shallowRef('')

/** Who is signed in. */
export const me = computed(() => account.value)
export const state = computed(() => now.value)

let waiting: ((ok: boolean) => void)[] = []

/** Asks the server who is signed in; called at the start. */
export async function begin(): Promise<void> {
  whenSignedOut((code) => {
    if (now.value !== 'in' && now.value !== 'over') return Promise.resolve(false)
    overCode.value = code
    now.value = 'over'
    return new Promise((done) => waiting.push(done))
  })
  const answer = await ask<{ account?: Account }>('GET', '/api/v1/sessions/current', { language: locale.value })
  if (answer.kind === 'nothing') now.value = 'unreachable'
  else if (answer.kind === 'ok' && answer.data.account) enter(answer.data.account)
  else now.value = 'out'
}

/** Signs in. Somebody else than before gets a fresh page: what is on the screen was not for him. */
export async function signIn(user: string, password: string): Promise<void> {
  const answer = await ask<{ account: Account }>('POST', '/api/v1/sessions', {
    body: { user, password },
    language: locale.value,
  })
  const { account: came } = await dataOf(answer)
  const before = account.value
  if (now.value === 'over' && before && before.id !== came.id) {
    location.reload()
    return
  }
  enter(came)
  settle(true)
}

export async function signOut(): Promise<void> {
  await call('DELETE', '/sessions/current')
  settle(false)
  account.value = null
  now.value = 'out'
}

/** The own account as it is now, after the password was changed. */
export function enter(who: Account): void {
  account.value = who
  now.value = 'in'
}

function settle(ok: boolean): void {
  const all = waiting
  waiting = []
  for (const done of all) done(ok)
}

/** Says whether the account holds one of the roles, for everything, the contest, or the event in it. */
export function holds(who: Account | null, roles: readonly Role[], contest = '', event = ''): boolean {
  return (who?.grants ?? []).some(
    (g) =>
      roles.includes(g.role) &&
      (!g.contest || (g.contest === contest && (!g.event || (event !== '' && g.event === event)))),
  )
}

/** The same of who is signed in. */
export function may(roles: readonly Role[], contest = '', event = ''): boolean {
  return holds(account.value, roles, contest, event)
}

export const isAdministrator = computed(() => may(['administrator']))
/** Organises something, so that accounts are his business too. */
export const isOrganiser = computed(
  () => isAdministrator.value || (account.value?.grants ?? []).some((g) => g.role === 'organiser'),
)
