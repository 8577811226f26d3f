import type { Fault } from '@/shared/http'
import type { components } from '@/shared/api'

export type UnreadCell = components['schemas']['UnreadCell']

/** A file that the server has read into a scheme; nothing of it is saved. */
export interface FoundScheme {
  kind: 'table' | 'columns' | 'template' | 'scheme'
  /** JSON; empty where there are faults. */
  text: string
  total: string
  faults: Fault[]
  unread: UnreadCell[]
  notes: UnreadCell[]
  sums: { name: string; declared: string; actual: string }[]
  skipped: string[]
}

type Raw = Record<string, unknown>
interface Panel extends Raw {
  id: string
  name: { zh: string; en?: string }
}

const lists = (v: unknown): Raw[] => (Array.isArray(v) ? (v as Raw[]) : [])
const text = (v: unknown): string => (typeof v === 'string' ? v : '')
const zh = (v: unknown): string => text((v as Raw | undefined)?.zh)

/** The media type by which a file is sent: the name tells, browsers often do not. */
export function mediaOf(name: string): string {
  const office = 'application/vnd.openxmlformats-officedocument.'
  if (/\.docx$/i.test(name)) return `${office}wordprocessingml.document`
  if (/\.json$/i.test(name)) return 'application/json'
  return `${office}spreadsheetml.sheet`
}

interface At {
  component: Raw
  criterion: Raw
  aspects: Raw[]
  i: number
}

function* each(scheme: Raw): Generator<At> {
  for (const component of lists(scheme.components))
    for (const criterion of lists(component.criteria))
      for (const sub of lists(criterion.subs)) {
        const aspects = lists(sub.aspects)
        for (let i = 0; i < aspects.length; i++) yield { component, criterion, aspects, i }
      }
}

/** What of an aspect can be changed where a cell was not understood. */
export interface Edit {
  kind: string
  max: string
  per: string
  step: string
  nominal: string
  tol: string
  low: string
  high: string
}

/** The kinds that a cell can be made, with the fields that each has beside the marks. */
export const fieldsOf: Record<string, readonly (keyof Edit)[]> = {
  points: ['step'],
  yes_no: [],
  counted: ['per'],
  tolerance: ['nominal', 'tol'],
  limits: ['nominal', 'low', 'high'],
}
const all = ['step', 'per', 'nominal', 'tol', 'low', 'high'] as const

/** The name of an aspect, and what of it can be changed; null for one that there is not. */
export function editOf(draft: string, id: string): { name: string; edit: Edit } | null {
  for (const { aspects, i } of each(JSON.parse(draft) as Raw)) {
    const a = aspects[i]
    if (a?.id !== id) continue
    const edit = { kind: text(a.kind), max: text(a.max) } as Edit
    for (const f of all) edit[f] = text(a[f])
    return { name: zh(a.name), edit }
  }
  return null
}

// Fields that any kind may have, and that stay when the kind is another one.
const common = 'id name help panel by required factor unit section attempts'.split(' ')

/** The draft with an aspect changed; declared totals follow the marks. */
export function edited(draft: string, id: string, edit: Edit): string {
  const scheme = JSON.parse(draft) as Raw
  for (const { component, criterion, aspects, i } of each(scheme)) {
    const was = aspects[i]
    if (was?.id !== id) continue
    const keeps = fieldsOf[edit.kind] ? common : Object.keys(was)
    const is: Raw = {}
    for (const f of keeps) if (was[f] !== undefined) is[f] = was[f]
    is.kind = edit.kind
    if (edit.max) is.max = edit.max
    for (const f of fieldsOf[edit.kind] ?? []) if (edit[f]) is[f] = edit[f]
    aspects[i] = is
    const sections = lists((scheme.standards as Raw | undefined)?.sections)
    const section = sections.find((s) => s.id === was.section)
    const more = difference(edit.max, text(was.max))
    for (const [at, field] of [
      [criterion, 'max'],
      [component, 'max'],
      [section, 'max'],
      [scheme, 'total'],
    ] as const)
      if (more && at && text(at[field])) at[field] = written(number(text(at[field])) + more)
  }
  return JSON.stringify(scheme, null, 1)
}

// Marks are decimals with at most six places: whole millionths are exact.
const million = 1_000_000n
export const isNumber = (s: string) => /^-?\d{1,9}(\.\d{1,6})?$/.test(s)
function number(s: string): bigint {
  const [whole = '0', part = ''] = s.replace('-', '').split('.')
  const n = BigInt(whole) * million + BigInt(part.padEnd(6, '0'))
  return s.startsWith('-') ? -n : n
}
const difference = (a: string, b: string) => (isNumber(a) && isNumber(b) ? number(a) - number(b) : 0n)
function written(n: bigint): string {
  const s = (n < 0n ? -n : n).toString().padStart(7, '0')
  const part = s.slice(-6).replace(/0+$/, '')
  return (n < 0n ? '-' : '') + s.slice(0, -6) + (part && `.${part}`)
}

/** Aspects of one module that one panel marks: what is given to another panel at once. */
export interface PanelGroup {
  key: string
  module: string
  panel: string
  panelName: string
  ids: string[]
}

/** The groups of a scheme as it was read. */
export function panelGroups(draft: string): PanelGroup[] {
  const scheme = JSON.parse(draft) as Raw
  const names = new Map(panelsOf(draft).map((p) => [p.id, zh(p.name)]))
  const out = new Map<string, PanelGroup>()
  for (const { criterion, aspects, i } of each(scheme)) {
    const a = aspects[i]
    const panel = text(a?.panel)
    if (!a || !panel) continue
    const key = `${text(criterion.id)}/${panel}`
    const group = out.get(key) ?? {
      key,
      module: zh(criterion.name),
      panel,
      panelName: names.get(panel) ?? panel,
      ids: [],
    }
    group.ids.push(text(a.id))
    out.set(key, group)
  }
  return [...out.values()]
}

export function panelsOf(draft: string): Panel[] {
  return lists((JSON.parse(draft) as Raw).panels) as Panel[]
}

/** The draft with aspects marked by a panel, which it gets with its policy; panels that nobody needs go. */
export function givenTo(draft: string, ids: readonly string[], panel: Panel): string {
  const scheme = JSON.parse(draft) as Raw
  const panels = lists(scheme.panels)
  if (!panels.some((p) => p.id === panel.id)) panels.push(panel)
  const used = new Set<string>()
  for (const { aspects, i } of each(scheme)) {
    const a = aspects[i]
    if (a && ids.includes(text(a.id))) a.panel = panel.id
    used.add(text(a?.panel))
  }
  scheme.panels = panels.filter((p) => used.has(text(p.id)))
  return JSON.stringify(scheme, null, 1)
}

/** A panel that has no id yet: its id is the first that is free. */
export function newPanel(name: string, taken: readonly Panel[]): Panel {
  let n = 1
  while (taken.some((p) => p.id === `panel${n}`)) n++
  return { id: `panel${n}`, name: { zh: name } }
}
