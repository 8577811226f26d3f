import * as m from '@/paraglide/messages'
import type { components } from '@/shared/api'

/** What the server says of papers, and the words for it. */
type S = components['schemas']

export type Papers = S['Papers']
export type Paper = S['PrintedDocument']
export type Step = S['SigningStep']
export type Preview = S['DocumentPreview']
export type PaperKind = Paper['kind']

/** What is printed: the kind, and the chair, panel or layer that it is of. */
export type Of = Pick<Paper, 'kind' | 'chair' | 'panel' | 'layer'>

export interface Chair {
  chair: number
  panel: string
  seat: number
  judge: string
}

const kinds: Record<PaperKind, () => string> = {
  blank_sheet: m.signing_blank_sheet,
  mark_sheet: m.signing_mark_sheet,
  panel_summary: m.signing_panel_summary,
  result_list: m.signing_result_list,
  draw_record: m.signing_draw_record,
  labels: m.signing_labels,
}

export const kindWord = (kind: PaperKind): string => kinds[kind]()

/** What a paper is of, for people: a panel's seat with its judge, a panel, a layer; nothing for the whole event. */
export function ofWords(of: Of, chairs: readonly Chair[], panelName: (id: string) => string): string {
  const chair = of.chair ? chairs.find((c) => c.chair === of.chair) : undefined
  if (chair) return m.signing_seat({ panel: panelName(chair.panel), seat: chair.seat, judge: chair.judge })
  if (of.panel) return panelName(of.panel)
  if (of.layer) return of.layer === 'seat' ? m.signing_layer_seat() : m.signing_layer_code()
  return ''
}

const states: Record<Step['state'], () => string> = {
  missing: m.signing_state_missing,
  printed: m.signing_state_printed,
  signed: m.signing_state_signed,
  void: m.signing_state_void,
}

export const stateWord = (state: Step['state']): string => states[state]()

const tones = { missing: '', printed: 'wait', signed: 'ok', void: 'red' }

export const tone = (state: Step['state']): string => tones[state]

/** Why a paper counts no more and what puts it right; '' for one that does. */
export function whyVoid(step: Step): string {
  switch (step.reason) {
    case 'content':
      return m.signing_void_content()
    case 'below':
      return m.signing_void_below()
    case 'person':
      return m.signing_void_person({ by: step.document?.void?.by ?? '', reason: step.document?.void?.reason ?? '' })
  }
  return ''
}

/** Steps that wait for a printed paper: never printed, or void for another reason than a sheet below. */
export const toPrint = (step: Step): boolean =>
  step.state === 'missing' || (step.state === 'void' && step.reason !== 'below')

/** The steps that the chief judge signs on the screen; mark sheets are signed on the judges' tablets. */
export const takesInk = (step: Step): boolean => step.kind !== 'mark_sheet' && step.state !== 'signed'

/** The beginning of a digest as people compare it: four groups of four. */
export const shortDigest = (hex: string): string => (hex.slice(0, 16).match(/.{4}/g) ?? []).join(' ')

/** A scan may come in: the paper is out, or a better picture of it is wanted. */
export const takesScan = (step: Step): boolean =>
  !!step.document && !step.document.void && step.reason !== 'content' && step.state !== 'missing'

/** The steps by what they are of: each panel with its chairs and summary, then the list. */
export function byPanel(steps: readonly Step[]): { panel: string; steps: Step[] }[] {
  const groups: { panel: string; steps: Step[] }[] = []
  for (const step of steps) {
    const panel = step.panel ?? ''
    const group = groups.find((g) => g.panel === panel)
    if (group) group.steps.push(step)
    else groups.push({ panel, steps: [step] })
  }
  return groups
}

export const fileOf = (event: string, paper: Paper): string =>
  `/api/v1/events/${event}/documents/${paper.serial}/file.pdf`
export const scanOf = (event: string, paper: Paper): string => `/api/v1/events/${event}/documents/${paper.serial}/scan`

/** How large a file is, in words: nobody counts bytes. */
export const sizeWord = (bytes: number): string =>
  bytes < 2 ** 20 ? `${Math.ceil(bytes / 2 ** 10)} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`

/** The largest scan, in bytes, and what the file dialog offers. */
export const largest = 20 * 2 ** 20
export const accepted = 'application/pdf,image/png,image/jpeg,.pdf,.png,.jpg,.jpeg'
