import { ask } from '@/shared/http'
import { locale } from '@/shared/locale'

/** A notice as everybody may read it. */
export interface Notice {
  id: string
  kind: string
  campaign: string
  honour_name: string
  honour_name_en: string
  year: number
  place: string
  text: string
  starts_on: string
  ends_on: string
  days: number
  state: 'open' | 'finished'
  sum: string
  nominees: { id: string; name: string; unit: string }[]
}

/** A line of the register. */
export interface Honour {
  kind: string
  honour_name: string
  honour_name_en: string
  year: number
  name: string
  unit: string
}

export interface Objection {
  nominee: string
  name: string
  unit: string
  contact: string
  text: string
}

/** What became of an objection: its receipt, or why it was not taken, in words. */
export type Received = { number: number; named: boolean } | { refused: string }

/** All notices that run or have run; null when nobody answered. */
export async function notices(): Promise<Notice[] | null> {
  const answer = await ask<{ notices: Notice[] }>('GET', '/api/v1/public/notices?limit=100')
  return answer.kind === 'ok' ? answer.data.notices : null
}

/** A part of the register; null when nobody answered. */
export async function honours(
  q: string,
  year: number,
  offset: number,
): Promise<{ honours: Honour[]; total: number } | null> {
  const query = new URLSearchParams({ q, limit: '60', offset: String(offset), ...(year ? { year: String(year) } : {}) })
  const answer = await ask<{ honours: Honour[]; total: number }>('GET', `/api/v1/public/honours?${query}`)
  return answer.kind === 'ok' ? answer.data : null
}

export async function object(notice: string, body: Objection, unreachable: string): Promise<Received> {
  const answer = await ask<{ number: number; named: boolean }>('POST', `/api/v1/public/notices/${notice}/objections`, {
    body,
    language: locale.value,
  })
  if (answer.kind === 'ok') return answer.data
  return { refused: answer.kind === 'problem' ? answer.problem.title : unreachable }
}
