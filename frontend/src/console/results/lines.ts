import * as m from '@/paraglide/messages'
import { said } from '@/shared/said'
import type { Line, LineKind, ResultState } from './wire'

/** The states of a result in their order. */
export const states: ResultState[] = ['waiting', 'running', 'provisional', 'rechecked', 'official', 'notice', 'final']

const stateWords: Record<ResultState, () => string> = {
  waiting: m.results_state_waiting,
  running: m.results_state_running,
  provisional: m.results_state_provisional,
  rechecked: m.results_state_rechecked,
  official: m.results_state_official,
  notice: m.results_state_notice,
  final: m.results_state_final,
}
export const stateWord = (s: ResultState) => stateWords[s]?.() ?? s

/** The parts of the list, in the order of the day. */
export const groups = ['marking', 'signing', 'recheck', 'publication'] as const
export type Group = (typeof groups)[number]

const groupWords: Record<Group, () => string> = {
  marking: m.results_group_marking,
  signing: m.results_group_signing,
  recheck: m.results_group_recheck,
  publication: m.results_group_publication,
}
export const groupWord = (g: Group) => groupWords[g]()

const places: Partial<Record<LineKind, Group>> = {
  mark_sheet: 'signing',
  panel_summary: 'signing',
  recheck_draw: 'recheck',
  recheck_left: 'recheck',
  recheck_wrong: 'recheck',
  recheck_recused: 'recheck',
  recusal: 'recheck',
  unseal: 'publication',
  result_list: 'publication',
  publish: 'publication',
  notice: 'publication',
  notice_void: 'publication',
}

/** The lines by the part of the day that they belong to; parts without lines are left out. */
export function grouped(lines: readonly Line[]): { group: Group; lines: Line[] }[] {
  return groups
    .map((group) => ({ group, lines: lines.filter((l) => (places[l.kind] ?? 'marking') === group) }))
    .filter((g) => g.lines.length > 0)
}

const papers: Record<string, () => string> = {
  missing: m.results_paper_missing,
  printed: m.results_paper_printed,
  signed: m.results_paper_signed,
  void: m.results_paper_void,
  below: m.results_paper_void_below,
  person: m.results_paper_void_person,
}

/** How far a paper is; a void one by why it is void. */
export function paperWord(paper: Line['paper']): string {
  const { state = 'missing', reason = '' } = paper ?? {}
  return ((state === 'void' && papers[reason]) || papers[state])?.() ?? state
}

/** Whose line it is: the judge with the seat, or the seat alone. */
export function whoOf(line: Line, panelName: (id: string) => string): string {
  const panel = panelName(line.panel ?? '')
  const seat = String(line.seat ?? line.chair ?? '')
  return line.judge ? m.results_who_chair({ judge: line.judge, panel, seat }) : m.results_who_seat({ panel, seat })
}

/** Which cut a tie stands at. */
export const prizeWord = (l: Line) => (l.prize ? said(l.prize, l.prize_en) : m.results_tie_advance())

type Say = (line: Line, who: string, panel: string) => string
const n = (line: Line) => ({ n: line.count })

const sentences: Record<LineKind, Say> = {
  not_open: () => m.results_line_not_open(),
  marks: (l, who, panel) => {
    if (l.chair) return m.results_line_marks_chair({ who, ...n(l) })
    return l.panel ? m.results_line_marks_panel({ panel, ...n(l) }) : m.results_line_marks_outside(n(l))
  },
  no_marks: (l) => m.results_line_no_marks(n(l)),
  carried: (l) => {
    if (l.stage === 'none') return m.results_line_carried_none(n(l))
    if (l.stage === 'unpublished') return m.results_line_carried_waits(n(l))
    return l.stage === 'by_hand' ? m.results_line_carried_by_hand(n(l)) : m.results_line_carried(n(l))
  },
  carried_old: (l) => m.results_line_carried_old(n(l)),
  short: (l, _, panel) => m.results_line_short({ panel, ...n(l) }),
  spread: (l, _, panel) => {
    const { code = '', name = '', allowed = '', low, high } = l.spread ?? {}
    if (low === undefined || high === undefined) return m.results_line_spread_hidden({ panel, code, name, allowed })
    return m.results_line_spread({ panel, code, name, low, high, allowed })
  },
  late: (l) => m.results_line_late(n(l)),
  unsent: (l, who) => m.results_line_unsent({ who, ...n(l) }),
  silent: (l, who) => m.results_line_silent({ who, minutes: l.minutes ?? 0 }),
  absent: (l) => m.results_line_absent(n(l)),
  tie: (l) => m.results_line_tie({ prize: prizeWord(l), places: l.places ?? 0, ...n(l) }),
  lock: () => m.results_line_lock(),
  mark_sheet: (l, who) => m.results_line_mark_sheet({ who, state: paperWord(l.paper) }),
  panel_summary: (l, _, panel) => m.results_line_panel_summary({ panel, state: paperWord(l.paper) }),
  recheck_draw: () => m.results_line_recheck_draw(),
  recheck_left: (l) => m.results_line_recheck_left(n(l)),
  recheck_wrong: (l) => m.results_line_recheck_wrong(n(l)),
  recheck_recused: (l) => m.results_line_recheck_recused(n(l)),
  recusal: (l) => m.results_line_recusal(n(l)),
  unseal: () => m.results_line_unseal(),
  result_list: (l) => m.results_line_result_list({ state: paperWord(l.paper) }),
  publish: () => m.results_line_publish(),
  notice: () => m.results_line_notice(),
  notice_void: () => m.results_line_notice_void(),
}

/** What a line says, in one sentence. */
export function lineWords(line: Line, panelName: (id: string) => string): string {
  return sentences[line.kind]?.(line, whoOf(line, panelName), panelName(line.panel ?? '')) ?? line.kind
}

/** The page that a line opens: the name of its route and what its link says; null when it is done in place. */
export function pageOf(line: Line): { name: string; words: string } | null {
  switch (line.opens) {
    case 'open':
      return { name: 'event', words: m.results_go_open() }
    case 'late':
      return { name: 'event', words: m.results_go_late() }
    case 'devices':
      return { name: 'event', words: m.results_go_devices() }
    case 'blind':
    case 'unseal':
      return { name: 'coding', words: m.results_go_blind() }
    case 'recusal':
      return { name: 'recusals', words: m.results_go_recusal() }
    case 'papers':
      return { name: 'signing', words: m.results_go_papers() }
    case 'recheck':
      return { name: 'recheck', words: m.results_go_recheck() }
    case 'publish':
      return { name: 'publication', words: m.results_go_publish() }
    case 'notice':
      return { name: 'publication', words: m.results_go_notice() }
    case 'stages':
      return { name: 'stages', words: m.results_go_stages() }
  }
  return null
}

/** Names the lines so that an opened one stays open while its works become fewer. */
export function keysOf(lines: readonly Line[]): string[] {
  const seen = new Map<string, number>()
  return lines.map((l) => {
    const own = l.spread ? `${l.spread.aspect}:${l.spread.attempt}:${l.works[0]?.work ?? ''}` : (l.prize ?? '')
    const key = [l.kind, l.chair ?? '', l.panel ?? '', own].join('|')
    const n = seen.get(key) ?? 0
    seen.set(key, n + 1)
    return n ? `${key}|${n}` : key
  })
}
