import type { Answer, Problem } from '@/shared/http'
import type { Item, Reason } from './store'

/** One line of the 207 answer to a batch. */
export interface Result {
  status: number
  mark_id?: string
  receipt?: { mark_id: string } & Record<string, unknown>
  problem?: Problem
}

/** What becomes of one command. "kept" means that nobody has decided: it is sent again. */
export type Fate =
  { to: 'accepted'; receipt: unknown; late: boolean } | { to: 'returned'; reason: Reason } | { to: 'kept' }

/** How the link to the server is after an answer. */
export type Link = 'good' | 'silent' | 'sign_in' | 'busy' | 'full'

export interface Verdict {
  link: Link
  fates: Map<string, Fate>
  /** The batch is to be sent again in smaller parts. */
  halve: boolean
  /** Seconds that the server asks us to wait. */
  wait: number
  problem: Problem | null
}

const RETURNED = new Set([400, 403, 404, 405, 409, 413, 415, 422, 423])

/** Reads the answer to a batch: who has a receipt, who comes back to the judge, who waits. */
export function weigh(batch: readonly Item[], answer: Answer<{ results: Result[] }>): Verdict {
  const verdict: Verdict = { link: 'silent', fates: new Map(), halve: false, wait: 0, problem: null }
  if (answer.kind === 'nothing') return verdict
  if (answer.kind === 'problem') return weighWhole(batch, answer.problem, verdict)
  if (answer.status !== 207 || !Array.isArray(answer.data?.results)) return verdict

  verdict.link = 'good'
  answer.data.results.forEach((result, at) => {
    const item = batch[at]
    if (!item || (result.mark_id ?? result.receipt?.mark_id) !== item.mark_id) return
    const fate = weighOne(result)
    verdict.fates.set(item.mark_id, fate)
    if (fate.to === 'kept') verdict.link = linkAfter(result.status)
  })
  // Less than was asked is no answer for the rest; without this the loop would send it on and on without a pause.
  if (verdict.fates.size < batch.length && verdict.link === 'good') verdict.link = 'busy'
  return verdict
}

function weighWhole(batch: readonly Item[], problem: Problem, verdict: Verdict): Verdict {
  verdict.problem = problem
  verdict.wait = problem.retry_after ?? 0
  verdict.link = linkAfter(problem.status)
  if (!RETURNED.has(problem.status)) return verdict
  verdict.link = 'good'
  const [only] = batch
  // One bad mark must not take its neighbours with it: halve until it stands alone.
  if (only && batch.length === 1) verdict.fates.set(only.mark_id, { to: 'returned', reason: reasonOf(problem) })
  else verdict.halve = true
  return verdict
}

function weighOne(result: Result): Fate {
  if ((result.status === 200 || result.status === 202) && result.receipt) {
    return { to: 'accepted', receipt: result.receipt, late: result.status === 202 }
  }
  if (RETURNED.has(result.status) && result.problem?.code) return { to: 'returned', reason: reasonOf(result.problem) }
  return { to: 'kept' }
}

function linkAfter(status: number): Link {
  if (status === 401) return 'sign_in'
  if (status === 507) return 'full'
  return 'busy'
}

function reasonOf({ status, code, title, fields, request_id }: Problem): Reason {
  return { status, code, title, fields, request_id }
}
