import * as m from '@/paraglide/messages'
import type { components } from '@/shared/api'
import { said } from '@/shared/said'
import type { Pad } from '../entering/grid'

// 双录: what the server says of sheets, passes and differences, and how it is put into words. No network.

type S = components['schemas']
export type Overview = S['KeyingOverview']
export type Progress = S['KeyingProgress']
export type Choice = S['KeyingChoice']
export type Pass = S['KeyingPass']
export type Cell = S['KeyingCell']
export type Read = S['KeyingReads']['results'][number]
export type Given = S['KeyingGiven']
export type Difference = S['KeyingDifference']
export type Brought = S['KeyingBrought']
export type Value = { kind?: string; value: string }
export interface At {
  work: string
  aspect: string
  attempt: number
  round: number
}

/** What the query of an address says of a sheet. */
export function queryOf(of: { chair: number; criterion: string }): string {
  return new URLSearchParams({ chair: String(of.chair), criterion: of.criterion }).toString()
}

/** A sheet in words: panel, seat, judge, module. */
export function nameOf(c: Choice, schemeName: (name: string) => string): string {
  const module = `${c.code} ${said(c.name, c.name_en)}`
  const judge = c.judge ? m.entering_judge({ judge: c.judge }) : ''
  return m.entering_kind_panel({ panel: schemeName(c.panel), seat: c.seat, judge, module })
}

/** What a label is called by the identity of its module. */
export function labelOf(identity: string): string {
  if (identity === 'seat') return m.console_seat_no()
  return identity === 'coded' ? m.console_work_code() : m.console_entry_no()
}

/** A value as people say it; nothing while nobody has keyed it. */
export function spoken(v: Value, pad?: Pad): string {
  if (v.kind === 'not_performed') return m.entering_blank()
  if (v.kind === 'empty') return m.keying_empty()
  return pad?.options?.find((o) => o.value === v.value)?.label ?? v.value
}

/** A cell's own name, for maps. */
export const keyOf = (at: At) => `${at.work}\n${at.aspect}\n${at.attempt}\n${at.round}`

/** The address of a cell's picture. */
export function pictureOf(event: string, of: { chair: number; criterion: string }, at: At): string {
  const q = new URLSearchParams({ work: at.work, aspect: at.aspect, attempt: String(at.attempt) })
  return `/events/${event}/keying/cell.jpg?${queryOf(of)}&${q.toString()}`
}

/** Cells of a sheet that ask for a person. */
export function openOf(p: Progress): number {
  return (p.counts.differ ?? 0) + (p.counts.stands ?? 0) + (p.counts.beside ?? 0)
}

/** What is to be done about a difference. */
export function todoOf(d: Difference): string {
  if (d.state === 'differ') return m.keying_todo_differ()
  if (d.state === 'stands') return m.keying_todo_stands()
  if (d.state !== 'beside') return ''
  if (d.standing.kind === 'empty') return m.keying_todo_tablet_missing()
  return paperOf(d).kind === 'empty' ? m.keying_todo_paper_missing() : m.keying_todo_beside()
}

/** What the paper says by now: what was decided, or what both have keyed. */
export function paperOf(d: Difference): Value {
  return d.decision ?? d.first
}
