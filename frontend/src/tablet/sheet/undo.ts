import { cellKey, type Bundle, type MarkKind, type Place } from '../bundle'
import type { Item } from '../outbox/store'

/** A state that a place was in: a mark, or nothing (null). */
export type Step = { kind: Exclude<MarkKind, 'withdraw' | 'finish' | 'clock'>; value: string; text: string } | null

type Said = Pick<Item, 'mark_id' | 'kind' | 'value' | 'text' | 'state' | 'order' | 'supersedes'>

/**
 * 撤销: what a place comes back to when the last thing said of it is taken back; undefined when there is nothing to
 * take back. It is read from the tablet's own commands, so that it works after the browser was closed and without a
 * network. A command that was itself an undo has taken its step off; one that was returned has never stood.
 */
export function stepBack(
  place: Place,
  commands: Iterable<Said & Place>,
  undone: ReadonlySet<string>,
  bundle: Pick<Bundle, 'marks'>,
): Step | undefined {
  const key = cellKey(place)
  const said = [...commands].filter((c) => isMark(c.kind) && c.state !== 'returned' && cellKey(c) === key)
  said.sort((a, b) => a.order - b.order)
  const steps: Step[] = [startOf(said, bundle, key)]
  for (const c of said) {
    if (!undone.has(c.mark_id)) steps.push(stepOf(c))
    else if (steps.length > 1) steps.pop()
  }
  return steps.length > 1 ? steps[steps.length - 2] : undefined
}

function isMark(kind: MarkKind): boolean {
  return kind === 'mark' || kind === 'not_performed' || kind === 'withdraw'
}

function stepOf(c: Pick<Said, 'kind' | 'value' | 'text'>): Step {
  if (c.kind !== 'mark' && c.kind !== 'not_performed') return null
  return { kind: c.kind, value: c.value, text: c.text ?? '' }
}

/** What stood before this tablet said anything: the mark of an earlier tablet, where the bundle still has it. */
function startOf(said: readonly Said[], bundle: Pick<Bundle, 'marks'>, key: string): Step {
  const own = new Set(said.map((c) => c.mark_id))
  const found = bundle.marks.find((m) => cellKey(m) === key)
  if (!found || own.has(found.mark_id) || said.some((c) => c.state === 'accepted')) return null
  return stepOf({ kind: found.kind, value: found.value, text: '' })
}

const STORE = 'jiangtai.undone'
const MOST = 1000

/** Which commands of this tablet were undos; losing it costs a step of undoing, never a mark. */
export function readUndone(): Set<string> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(STORE) ?? '[]')
    return new Set(Array.isArray(found) ? found.filter((id) => typeof id === 'string') : [])
  } catch {
    return new Set()
  }
}

export function keepUndone(ids: ReadonlySet<string>): void {
  try {
    localStorage.setItem(STORE, JSON.stringify([...ids].slice(-MOST)))
  } catch {
    // the browser keeps nothing there: an undo then counts as one more step
  }
}
