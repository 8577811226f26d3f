import * as m from '@/paraglide/messages'
import type { components } from '@/shared/api'
import type { Worked, WorkedAspect, WorkedMark } from './working'

type S = components['schemas']
export type CorrectionPreview = S['CorrectionPreview']
export type Correction = S['Correction']
export type CorrectionRow = S['CorrectionRow']
type GivenMark = S['CorrectionMark']

/** One mark that may be corrected: those of the round that counts. */
export interface Choice {
  key: string
  aspect: WorkedAspect
  attempt: number
  chair: number
  mark: WorkedMark
}

/** The marks of a working that a correction can change, in the order of the scheme. */
export function choicesOf(worked: Worked): Choice[] {
  const out: Choice[] = []
  for (const component of worked.components) {
    for (const criterion of component.criteria) {
      for (const aspect of criterion.aspects) {
        aspect.attempts?.forEach((t, i) => {
          for (const mark of t.rounds[t.rounds.length - 1]?.marks ?? []) {
            const chair = mark.chair ?? 0
            if (!mark.recused) out.push({ key: `${aspect.id}/${i + 1}/${chair}`, aspect, attempt: i + 1, chair, mark })
          }
        })
      }
    }
  }
  return out
}

/** What a mark says, with what it is worth where that differs. */
export function givenWord(g: GivenMark): string {
  if (g.kind === 'absent') return m.console_mark_absent()
  if (g.kind === 'not_performed') return m.console_mark_not_performed()
  if (g.kind === '') return m.correction_none()
  return g.mark && g.mark !== g.value ? `${g.value ?? ''} → ${g.mark}` : (g.value ?? '')
}

const papers: Record<string, () => string> = {
  mark_sheet: m.correction_paper_mark_sheet,
  panel_summary: m.correction_paper_panel_summary,
  result_list: m.correction_paper_result_list,
}
export const paperKind = (kind: string) => papers[kind]?.() ?? kind

/** Whether a pair of old and new says something else. */
export const moves = (pair: readonly unknown[]) => pair[0] !== pair[1]
