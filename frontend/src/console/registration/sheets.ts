import * as m from '@/paraglide/messages'
import type { Problem } from '@/shared/http'
import { isProblem } from '@/shared/http'
import { locale } from '@/shared/locale'
import { dataOf } from '../trouble'

export type SheetKind = 'registrations' | 'entries' | 'judges' | 'units'

export const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const names: Record<SheetKind, () => string> = {
  registrations: m.registration_sheet_registrations,
  entries: m.registration_sheet_entries,
  judges: m.registration_sheet_judges,
  units: m.registration_sheet_units,
}
const texts: Record<SheetKind, () => string> = {
  registrations: m.registration_sheet_registrations_text,
  entries: m.registration_sheet_entries_text,
  judges: m.registration_sheet_judges_text,
  units: m.registration_sheet_units_text,
}
export const sheetName = (kind: SheetKind) => names[kind]()
export const sheetText = (kind: SheetKind) => texts[kind]()

/** The query that names a workbook's scope: units are a contest's, the others an event's. */
export function scopeOf(kind: SheetKind, scope: string): string {
  return kind === 'units' ? `contest=${scope}` : `event=${scope}`
}

/** "报名表:4:C" as people say it. */
export function placeWords(path: string): string {
  const [, sheet = path, row = '', column = ''] = /^(.*?):(\d+)(?::([A-Z]+))?$/.exec(path) ?? []
  if (!row) return sheet
  return column ? m.registration_place({ sheet, row, column }) : m.registration_place_row({ sheet, row })
}

/** Sends a workbook and gets it back with its faults in a last column. */
export async function annotate(kind: SheetKind, scope: string, file: Blob): Promise<Blob> {
  const response = await fetch(`/api/v1/workbooks?kind=${kind}&mode=annotate&${scopeOf(kind, scope)}`, {
    method: 'POST',
    headers: { 'X-Jiangtai': '1', 'Content-Type': xlsx, 'Accept-Language': locale.value },
    body: file,
  }).catch(() => null)
  if (!response) return dataOf<Blob>({ kind: 'nothing', why: 'network' })
  if (response.ok) return response.blob()
  const body: unknown = await response.json().catch(() => null)
  return dataOf<Blob>(
    isProblem(body) ? { kind: 'problem', problem: body as Problem } : { kind: 'nothing', why: 'foreign' },
  )
}
