import * as m from '@/paraglide/messages'
import { statusWord } from '../words'
import type { EveningChair, EveningWork, Reason } from './wire'

/** Who sits in a chair, as a page calls him: the judge, else the seat. */
export function nameOf(chair: EveningChair | undefined, panelName: (id: string) => string): string {
  if (!chair) return ''
  return chair.judge || m.evening_seat({ panel: panelName(chair.panel), seat: chair.seat })
}

/** One reason that a row does not move, in words. */
export function reasonWord(why: Reason, chairs: readonly EveningChair[], panelName: (id: string) => string): string {
  const n = why.count ?? 1
  switch (why.kind) {
    case 'status':
      return m.evening_why_status({ status: statusWord(why.value ?? '') })
    case 'gate':
      return why.value === 'entry' ? m.evening_why_gate_entry() : m.evening_why_gate({ what: why.code ?? '' })
    case 'spread':
      return m.evening_why_spread({ code: why.code ?? '', value: why.value ?? '', round: n })
    case 'marks': {
      if (!why.chair)
        return why.panel
          ? m.evening_why_marks_any({ panel: panelName(why.panel), n })
          : m.evening_why_marks_outside({ n })
      return m.evening_why_marks({
        who: nameOf(
          chairs.find((c) => c.chair === why.chair),
          panelName,
        ),
        n,
      })
    }
    case 'short':
      return m.evening_why_short({ n })
    case 'hidden':
      return m.evening_why_hidden({ n })
    case 'late':
      return m.evening_why_late({ n })
    case 'recusal':
      return m.evening_why_recusal({ n })
    case 'no_chance':
      return m.evening_why_no_chance()
    case 'complete':
      return m.evening_why_complete()
  }
}

/** Whether a row still waits for somebody. */
export const isOpen = (w: EveningWork) =>
  w.why.some((r) => !['complete', 'no_chance', 'status', 'recusal'].includes(r.kind))

/** What a chair owes for a work; what any chair of its panel may give counts for each of them. */
export function owes(w: EveningWork, c: EveningChair): number {
  return w.owed.reduce((n, d) => n + (d.chair === c.chair || (d.chair === 0 && d.panel === c.panel) ? d.count : 0), 0)
}
