import { ask, type Problem } from '@/shared/http'
import { locale } from '@/shared/locale'
import { openStore, recall, type Session } from '../outbox/store'
import type { Line } from './line'

/** Whom this tablet speaks for; null when it is not paired, or its store does not open. */
export async function whose(patience = 3000): Promise<Session | null> {
  const looked = openStore().then(async (db) => {
    const [session, kept] = [await recall(db, 'session'), await recall(db, 'bundle')]
    db.close()
    if (!session) return null
    // The bundle knows what the panel is called.
    const isOurs = kept?.bundle.event.id === session.event.id && kept.bundle.chair.number === session.chair.number
    return isOurs ? { ...session, chair: kept.bundle.chair } : session
  })
  const late = new Promise<null>((done) => setTimeout(() => done(null), patience))
  return Promise.race([looked.catch(() => null), late])
}

/** What came of telling the server: done at a time, refused in its words, or not heard. */
export type Told = { at: number } | { refused: Problem } | 'nothing'

export async function tell(session: Session, lines: readonly Line[]): Promise<Told> {
  const checks = lines.map(({ check, state, detail }) => ({ check, state, detail }))
  const answer = await ask('PUT', '/api/v1/tablet/readiness', {
    credentials: 'omit',
    token: session.token,
    language: locale.value,
    body: { checks },
  })
  if (answer.kind === 'ok') return { at: Date.now() }
  return answer.kind === 'problem' ? { refused: answer.problem } : 'nothing'
}
