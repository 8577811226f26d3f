import type { Server } from './server'

/** What an event is made of; entries belong to the unit "yard". */
export interface Made {
  code: string
  contest: string
  scheme: unknown
  chairs: { panel: string; judge: string }[]
  entries: { entry_no: string; name?: string; [more: string]: unknown }[]
  trade?: { trade: string; trade_en?: string }
  unit?: { name: string; short: string }
}

export interface PairingCode {
  chair: number
  seat: number
  code: string
  url: string
}

/** A rehearsal's event that is open, with a pairing code for every chair. */
export async function openEvent(server: Server, made: Made): Promise<{ event: string; codes: PairingCode[] }> {
  const about = { code: made.code, name: made.contest, kind: 'rehearsal', organiser: '市总工会' }
  const { contest } = await server.call<{ contest: { id: string } }>('POST', '/api/v1/contests', about)
  const trade = made.trade ?? { trade: '焊工', trade_en: 'Welding' }
  const all = `/api/v1/contests/${contest.id}/events`
  const event = (
    await server.call<{ event: { id: string } }>('POST', all, {
      ...{ code: 'one', ...trade, stage: 'final', depth: 'tablet' },
    })
  ).event.id
  const at = `/api/v1/events/${event}`
  await server.call('PUT', `${at}/scheme`, made.scheme)
  await server.call('PUT', `${at}/chairs`, { chairs: made.chairs })
  const unit = made.unit ?? { name: '江城造船厂', short: '造船厂' }
  await server.call('POST', '/api/v1/units', { contest: contest.id, code: 'yard', kind: 'work_unit', ...unit })
  await server.call('PUT', `${at}/entries`, { entries: made.entries.map((e) => ({ ...e, unit: 'yard' })) })
  const { codes } = await server.call<{ codes: PairingCode[] }>('POST', `${at}/pairing-codes`, {})
  await server.call('POST', `${at}/acts`, { act_id: crypto.randomUUID(), act: 'open' })
  return { event, codes }
}
