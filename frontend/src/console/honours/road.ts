import { may } from '../session'
import type { Role } from '../wire'
import type { Nomination, Sequence, Step } from './wire'

/** One stop of the road as a page draws it. */
export interface Stop {
  id: string
  step: Step | null
  /** How many stand here. */
  here: number
}

/** The whole road, from the draft to the register, with how many stand at each stop. Who is out stands nowhere. */
export function stopsOf(sequence: Sequence, list: readonly Nomination[]): Stop[] {
  const count = (id: string) => list.filter((n) => n.step === id && moves(n)).length
  const done = list.filter((n) => n.state === 'conferred').length
  return [
    { id: 'draft', step: null, here: count('draft') },
    ...sequence.steps.map((step) => ({ id: step.id, step, here: count(step.id) })),
    { id: 'done', step: null, here: done },
  ]
}

/** Says whether a nomination can still go on. */
export const moves = (n: Nomination) => n.state === 'active' || n.state === 'returned'

/** Where a stop lies for somebody who stands at another: behind, here or ahead. */
export function lies(sequence: Sequence, stop: string, at: string): 'behind' | 'here' | 'ahead' {
  const order = ['draft', ...sequence.steps.map((s) => s.id), 'done']
  const by = order.indexOf(stop) - order.indexOf(at)
  if (by === 0) return 'here'
  return by < 0 ? 'behind' : 'ahead'
}

/** The step after one, by its id. */
export function after(sequence: Sequence, id: string): string {
  const order = ['draft', ...sequence.steps.map((s) => s.id), 'done']
  return order[order.indexOf(id) + 1] ?? 'done'
}

/** The role that a nomination waits for: at a ballot the committee's, and the office counts. */
export function waitsFor(sequence: Sequence, n: Nomination): Role[] {
  if (!moves(n)) return []
  if (n.step === 'draft') return ['unit_union']
  const step = sequence.steps.find((s) => s.id === n.step)
  if (!step) return []
  return step.kind === 'ballot' ? ['committee', 'union_office'] : [step.role as Role]
}

/** Says whether it waits for a role that the reader holds. */
export const isMine = (sequence: Sequence, n: Nomination) => {
  const roles = waitsFor(sequence, n)
  return roles.length > 0 && may(roles)
}

/** Whether the votes for reach a ratio such as "2/3" of those who were asked, exactly. */
export function reached(ratio: string, yes: number, all: number): boolean {
  const [num = 0, den = 1] = ratio.split('/').map(Number)
  return all > 0 && yes * den >= all * num
}
