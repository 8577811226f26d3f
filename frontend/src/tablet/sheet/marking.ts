import { computed, shallowRef, triggerRef, type ComputedRef, type ShallowRef } from 'vue'
import { cellKey, type Pad, type Place } from '../bundle'
import type { Cell } from '../cells'
import { doubtOf, type Doubt } from '../pads/plausible'
import type { Tablet } from '../tablet'
import { keepUndone, readUndone, stepBack, type Step } from './undo'

/** What may be done with one place of one aspect. */
export interface Marking {
  cell: ComputedRef<Cell | undefined>
  /** The value that stands, as its pad takes it. */
  value: ComputedRef<string | null>
  /** An odd value that waits for a yes. */
  doubted: ShallowRef<{ value: string; doubt: Doubt } | null>
  /** What undo comes back to; undefined when there is nothing to undo. */
  before: ComputedRef<Step | undefined>
  /** Writes a value down, or asks first when it is odd and was not asked about. */
  give: (value: string) => void
  /** Writes it down without asking, after a yes or instead. */
  keep: (value: string) => void
  notPerformed: () => void
  clear: () => void
  undo: () => Promise<void>
}

// A yes holds for its place and its kind of doubt while the page is open: stepping on from 8 to 9 asks no more.
const answered = new Set<string>()
const undone = shallowRef(readUndone())

export function useMarking(tablet: Tablet, pad: () => Pad, place: () => Place): Marking {
  const cell = computed(() => tablet.cells.value.get(cellKey(place())))
  const doubted = shallowRef<{ value: string; doubt: Doubt } | null>(null)
  const before = computed(() =>
    stepBack(place(), tablet.commands.value, undone.value, tablet.bundle.value ?? { marks: [] }),
  )

  function give(value: string): void {
    const doubt = doubtOf(pad(), value, othersOf(tablet, place()))
    if (doubt && !answered.has(nameOf(place(), doubt))) doubted.value = { value, doubt }
    else write(value)
  }

  function write(value: string): void {
    void tablet.give(place(), 'mark', value, cell.value?.text || undefined)
  }

  function keep(value: string): void {
    if (doubted.value && value === doubted.value.value) answered.add(nameOf(place(), doubted.value.doubt))
    doubted.value = null
    write(value)
  }

  async function undo(): Promise<void> {
    const [step, at] = [before.value, place()]
    if (step === undefined) return
    const isWritten = step
      ? await tablet.give(at, step.kind, step.value, step.text || undefined)
      : await tablet.give(at, 'withdraw', '')
    if (!isWritten) return
    const last = tablet.commands.value
      .filter((c) => cellKey(c) === cellKey(at) && c.kind !== 'clock')
      .sort(byOrder)
      .pop()
    if (!last) return
    undone.value.add(last.mark_id)
    keepUndone(undone.value)
    triggerRef(undone)
  }

  return {
    cell,
    value: computed(() => (cell.value?.kind === 'mark' ? cell.value.value : null)),
    doubted,
    before,
    give,
    keep,
    notPerformed: () => void tablet.give(place(), 'not_performed', '', cell.value?.text || undefined),
    clear: () => void tablet.give(place(), 'withdraw', ''),
    undo,
  }
}

const byOrder = (a: { order: number }, b: { order: number }) => a.order - b.order
/** What makes void and what takes all away are questions of their own; that a number is odd is one. */
function nameOf(place: Place, { code }: Doubt): string {
  return `${cellKey(place)}\n${code === 'void' || code === 'many' ? code : 'odd'}`
}

/** The judge's own values of the same aspect for other works. */
function othersOf(tablet: Tablet, at: Place): string[] {
  const found: string[] = []
  for (const [key, cell] of tablet.cells.value) {
    const [work, aspect] = key.split('\n')
    if (aspect === at.aspect && work !== at.work && cell.kind === 'mark') found.push(cell.value)
  }
  return found
}
