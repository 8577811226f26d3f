import type { Grant, Role } from '../wire'

/** What a role's grant has to name. */
export const reach: Record<Role, 'everything' | 'contest' | 'event' | 'either'> = {
  administrator: 'everything',
  organiser: 'contest',
  host: 'event',
  chief_judge: 'event',
  supervisor: 'either',
  clerk: 'event',
  coding_judge: 'event',
  spectator: 'contest',
  union_office: 'everything',
  unit_union: 'everything',
  county_union: 'everything',
  committee: 'everything',
}

/** The roles that an organiser may give inside the own contest. */
export const belowOrganiser: readonly Role[] = [
  'host',
  'chief_judge',
  'supervisor',
  'clerk',
  'coding_judge',
  'spectator',
]

/** A grant as the form holds it: everything is there, empty where it is not chosen. */
export interface Draft {
  role: Role
  contest: string
  event: string
}

export const draftOf = (g: Grant): Draft => ({ role: g.role, contest: g.contest ?? '', event: g.event ?? '' })

/** What is sent: only what the role may name. */
export function grantOf(d: Draft): Grant {
  const what = reach[d.role]
  const grant: Grant = { role: d.role }
  if (what !== 'everything' && d.contest) grant.contest = d.contest
  if ((what === 'event' || what === 'either') && d.event) grant.event = d.event
  return grant
}

/** Grants in few words: roles with how many events of which contest each holds. */
export function summed(grants: readonly Grant[]): { role: Role; contest: string; events: string[] }[] {
  const out = new Map<string, { role: Role; contest: string; events: string[] }>()
  for (const g of grants) {
    const key = `${g.role} ${g.contest ?? ''} ${g.event ? 'event' : ''}`
    const sum = out.get(key) ?? { role: g.role, contest: g.contest ?? '', events: [] }
    if (g.event) sum.events.push(g.event)
    out.set(key, sum)
  }
  return [...out.values()]
}
