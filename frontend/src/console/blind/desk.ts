import type { components } from '@/shared/api'
import * as m from '@/paraglide/messages'
import { call } from '../api'

/** The coding desk as the server says it. */
export type Desk = components['schemas']['CodingDesk']
export type LayerOf = Desk['layers'][number]
export type Layer = LayerOf['layer']
export type Draw = components['schemas']['Draw']
export type EntryOf = Desk['entries'][number]
export type State = EntryOf['state']
export type DrawRecord = components['schemas']['DrawRecord']
export interface Pair {
  from: string
  label: string
  in: boolean
}

/** One act at the desk; the answer is the desk as it then is. */
export function act<T = Desk>(event: string, path: string, body: unknown): Promise<T> {
  return call<T>('POST', `/events/${event}/${path}`, body)
}

export const layerWord = (l: Layer) => (l === 'seat' ? m.blind_layer_seat() : m.blind_layer_code())
export const labelWord = (l: Layer) => (l === 'seat' ? m.blind_label_seat() : m.blind_label_code())
export const methodWord = (d: Draw) => (d.method === 'hand' ? m.blind_method_hand() : m.blind_method_once())

/** What a layer is drawn from: seats where the event has them, else entry numbers. */
export function fromWord(desk: Desk, l: Layer): string {
  return l === 'code' && desk.layers.some((x) => x.layer === 'seat') ? m.blind_from_seat() : m.blind_from_entry()
}

export function phaseWord(d: Draw | undefined): string {
  if (!d) return m.blind_phase_none()
  return { open: m.blind_phase_open(), closed: m.blind_phase_closed(), void: m.blind_phase_void() }[d.phase]
}

export function stateWord(state: State): string {
  return {
    '': m.blind_unseen(),
    present: m.blind_present(),
    late: m.blind_late(),
    absent: m.blind_absent(),
  }[state]
}

export function stepWord(what: string): string {
  if (what === 'verified') return m.blind_step_verified()
  return what === 'unsealed' ? m.blind_step_unsealed() : m.blind_step_refused()
}

export interface Counts {
  present: number
  absent: number
  unseen: number
}

export function countsOf(entries: readonly EntryOf[]): Counts {
  const out = { present: 0, absent: 0, unseen: 0 }
  for (const e of entries) {
    if (e.state === 'absent') out.absent++
    else if (e.state === '') out.unseen++
    else out.present++
  }
  return out
}

/** An entry number as somebody typed or scanned it: with the zeros in front that it has in the list. */
export function findEntry(entries: readonly EntryOf[], typed: string): EntryOf | undefined {
  const no = typed.trim()
  const bare = (s: string) => s.replace(/^0+(?=.)/, '')
  return entries.find((e) => e.entry_no === no) ?? entries.find((e) => no !== '' && bare(e.entry_no) === bare(no))
}
