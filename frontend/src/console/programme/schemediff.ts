import type { SchemeChange, SchemeStep } from '../wire'

/** One thing of a scheme and what happened to it. */
export interface ChangedThing {
  key: string
  place: SchemeStep
  /** What holds it inside its module: the aspect of an item. */
  inside: SchemeStep | null
  /** Codes of the aspects that must be marked again because of it. */
  again: string[]
  changes: SchemeChange[]
}

/** What changed in one module, in one part, or in the scheme as a whole. */
export interface ChangedGroup {
  key: string
  /** The module or part; null for the scheme as a whole. */
  of: SchemeStep | null
  n: number
  things: ChangedThing[]
}

/** Changes by module, and within it by the thing that they are about; in the order of the list. */
export function grouped(changes: readonly SchemeChange[]): ChangedGroup[] {
  const groups = new Map<string, ChangedGroup>()
  for (const change of changes) {
    const of = moduleOf(change)
    // A module that is gone is not the one that now has its code, whatever the ids say.
    const key = of ? `${of.sort}/${of.id}` : ''
    const group = groups.get(key) ?? { key, of, n: 0, things: [] }
    groups.set(key, group)
    group.n++
    const inside = change.path.find((s) => s.sort === 'aspect') ?? null
    const thing = [inside?.id, change.place.sort, change.place.id].filter(Boolean).join('/')
    let at = group.things.find((t) => t.key === thing)
    if (!at) {
      at = { key: thing, place: change.place, inside, again: [], changes: [] }
      group.things.push(at)
    }
    at.changes.push(change)
    for (const code of change.again) if (!at.again.includes(code)) at.again.push(code)
  }
  return [...groups.values()]
}

function moduleOf(change: SchemeChange): SchemeStep | null {
  const steps = [...change.path, change.place]
  return steps.find((s) => s.sort === 'criterion') ?? steps.find((s) => s.sort === 'component') ?? null
}
