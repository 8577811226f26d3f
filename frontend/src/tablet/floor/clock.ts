import type { ClockSession } from '../bundle'
import type { Item } from '../outbox/store'

/** Where a session stands. */
export type ClockState = ClockSession['state']

export const PAUSES = ['equipment', 'material', 'injury', 'rule', 'other'] as const
export type Pause = (typeof PAUSES)[number]

/** The most seconds that one record adds. */
export const MOST_ADDED = 7200

/** 场次计时: one work's clock in one criterion, as this tablet knows it. Moments are milliseconds of the steady clock. */
export interface Clock {
  state: ClockState
  startedAt: number | null
  /** The record that made the state what it is. */
  since: Recorded | null
  /** Milliseconds worked until then. */
  worked: number
  /** Seconds added to what is allowed. */
  added: number
  violations: number
  signed: '' | 'signed' | 'refused'
  /** The newest record that stands: what an undo takes back; '' for none. */
  newest: string
  /** What stands, oldest first. */
  events: Recorded[]
  /** Some of the time was worked between the records of different devices: the server's times decide it. */
  foreign: boolean
}

/** One record of a session. */
export interface Recorded {
  mark_id: string
  word: string
  argument: string
  /** What was said with it; only this tablet's own records tell. */
  text: string
  /** By this tablet's clock; of another device's record, as near as this tablet can say. */
  at: number
  /** By the server's clock; null while the record waits here. */
  server: number | null
  own: boolean
}

const BLANK: Clock = {
  state: 'waiting',
  startedAt: null,
  since: null,
  worked: 0,
  added: 0,
  violations: 0,
  signed: '',
  newest: '',
  events: [],
  foreign: false,
}

/**
 * The clock of a session: the records that stand on the server, and after them what this tablet recorded since, in the
 * order of its taps. ahead is by how much the server's clock is ahead of this tablet's.
 */
export function clockOf(server: ClockSession | undefined, items: readonly Item[], ahead = 0): Clock {
  const given = items.filter((i) => i.state !== 'returned' && !i.late)
  const texts = new Map(given.map((i) => [i.mark_id, i.text ?? '']))
  const there = (server?.events ?? []).map((e): Recorded => {
    const [word = '', argument = ''] = e.value.split(' ')
    const at = e.own && e.client_at ? e.client_at : e.at - ahead
    return { mark_id: e.mark_id, word, argument, text: texts.get(e.mark_id) ?? '', at, server: e.at, own: e.own }
  })
  const events = given.slice(server ? toldOf(server, given) : 0).reduce(take, there)
  const from = there.reduce(step, BLANK)
  const isWhole = there.every((e) => events.includes(e))
  // What was worked between the records of others is the server's to say; an undo of one of them counts anew.
  if (!isWhole) return events.reduce(step, { ...BLANK, events })
  const base = { ...from, events, worked: server?.net_ms ?? from.worked }
  return events.slice(there.length).reduce(step, base)
}

/** How many of our records the server's word has in it already: the covered ones, and all up to one that stands. */
function toldOf(server: ClockSession, given: readonly Item[]): number {
  const there = new Set((server.events ?? []).map((e) => e.mark_id))
  return given.reduce((last, item, i) => (item.covered || there.has(item.mark_id) ? i + 1 : last), 0)
}

function take(events: Recorded[], item: Item): Recorded[] {
  const [word = '', argument = ''] = item.value.split(' ')
  if (word === 'undo') return events.filter((e) => e.mark_id !== item.supersedes)
  const { mark_id, client_at: at, text = '' } = item
  return [...events, { mark_id, word, argument, text, at, server: null, own: true }]
}

/** The server's own table of what fits where, in scoring/session; what does not fit is as if it had not been given. */
function next(c: Clock, word: string): ClockState | null {
  if (c.signed) return null
  const isOpen = c.state === 'waiting' || c.state === 'running' || c.state === 'paused'
  const isEnded = c.state === 'handed_in' || c.state === 'no_work'
  const fits: Record<string, [boolean, ClockState]> = {
    start: [c.state === 'waiting', 'running'],
    pause: [c.state === 'running', 'paused'],
    resume: [c.state === 'paused', 'running'],
    add: [isOpen, c.state],
    hand_in: [isOpen, 'handed_in'],
    no_work: [isOpen, 'no_work'],
    absent: [c.state === 'waiting', 'absent'],
    violation: [c.state !== 'absent', c.state],
    signed: [isEnded, c.state],
    refused: [isEnded, c.state],
  }
  const [yes, to] = fits[word] ?? [false, c.state]
  return yes ? to : null
}

/** Whether a word may be said of the session as it stands. */
export function mayBe(c: Clock, word: string): boolean {
  return word === 'undo' ? c.newest !== '' : next(c, word) !== null
}

function step(c: Clock, e: Recorded): Clock {
  const state = next(c, e.word)
  if (state === null) return c
  const all = { ...c, state, newest: e.mark_id }
  if (e.word === 'add') all.added += Number(e.argument)
  if (e.word === 'violation') all.violations++
  if (e.word === 'start') all.startedAt = e.at
  if (e.word === 'signed' || e.word === 'refused') all.signed = e.word
  if (state === c.state) return all
  if (c.state === 'running' && c.since) {
    all.worked += between(c.since, e)
    all.foreign ||= !(c.since.own && e.own)
  }
  all.since = e
  return all
}

/** One device's records are apart as its clock says, others as the server's does: the server measures so too. */
function between(from: Recorded, to: Recorded): number {
  if (from.own && to.own && to.at >= from.at) return to.at - from.at
  if (from.server !== null && to.server !== null) return Math.max(0, to.server - from.server)
  return Math.max(0, to.at - from.at)
}

/**
 * Whether the net time of a hand-in of this moment is what the server will count: not when the clock was set running
 * by another device, whose clock this one does not know.
 */
export function isExact(c: Clock): boolean {
  return c.state !== 'running' || c.since?.own !== false
}

/** Net time at a moment, in whole seconds: without pauses; a begun second does not count. */
export function netOf(c: Clock, now: number): number {
  const running = c.state === 'running' && c.since ? Math.max(0, now - c.since.at) : 0
  return Math.floor((c.worked + running) / 1000)
}

/** How long it has stood still, in whole seconds; 0 unless it does. */
export function stillOf(c: Clock, now: number): number {
  return c.state === 'paused' && c.since ? Math.max(0, Math.floor((now - c.since.at) / 1000)) : 0
}

/** The clock as it would be after a word of this moment. */
export function after(c: Clock, value: string, at: number): Clock {
  const [word = '', argument = ''] = value.split(' ')
  return step(c, { mark_id: '', word, argument, text: '', at, server: null, own: true })
}

/** Seconds as a clock shows them, "1:32:10". */
export function clockText(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
}

/** How near the end is: more than 15 minutes, within 15, within 5, over. */
export type Near = 'far' | 'near' | 'soon' | 'over'

export function nearOf(left: number): Near {
  if (left <= 0) return 'over'
  if (left <= 5 * 60) return 'soon'
  return left <= 15 * 60 ? 'near' : 'far'
}
