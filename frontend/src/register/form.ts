import type { Call, Draft, View } from './wire'

/** A certificate on the form; one that the conditions name cannot be renamed and counts once it is ticked. */
export interface CertificateRow {
  kind: string
  until: string
  isNamed: boolean
  isHeld: boolean
}

/** What somebody fills in. Years are text until they are sent, so that an empty field is not a zero. */
export interface Form {
  text: Record<TextField, string>
  isTeacher: boolean
  held: string[] // titles that the conditions name
  titles: string // others, one a line
  certificates: CertificateRow[]
  promise: boolean
  agreed: boolean
}

export type TextField =
  | 'name'
  | 'id_number'
  | 'phone'
  | 'unit_name'
  | 'credit_code'
  | 'post'
  | 'employment'
  | 'ownership'
  | 'union'
  | 'skill'
  | 'skill_certificate'
  | 'city_years'
  | 'trade_years'
  | 'ethnicity'
  | 'political'
  | 'education'

const named = (call: Call, rule: string) => call.rules.find((r) => r.rule === rule)?.values ?? []

/** The titles that the conditions name. */
export const namedTitles = (call: Call) => named(call, 'barred_titles')

/** A form for a call, filled with what was declared before; numbers are never shown and stay empty. */
export function formOf(call: Call, was?: View['registration']): Form {
  const text = (v: string | undefined) => v ?? ''
  const years = (n: number | undefined) => (was ? String(n ?? 0) : '')
  const titles = was?.titles ?? []
  const kinds = named(call, 'certificates')
  const had = was?.certificates ?? []
  return {
    text: {
      name: text(was?.name),
      id_number: '',
      phone: '',
      unit_name: text(was?.unit.name),
      credit_code: text(was?.unit.credit_code),
      post: text(was?.post),
      employment: text(was?.employment),
      ownership: text(was?.ownership),
      union: text(was?.union),
      skill: text(was?.skill),
      skill_certificate: '',
      city_years: years(was?.city_years),
      trade_years: years(was?.trade_years),
      ethnicity: text(was?.ethnicity),
      political: text(was?.political),
      education: text(was?.education),
    },
    isTeacher: was?.is_teacher ?? false,
    held: titles.filter((t) => namedTitles(call).includes(t)),
    titles: titles.filter((t) => !namedTitles(call).includes(t)).join('\n'),
    certificates: [
      ...kinds.map((kind) => {
        const one = had.find((c) => c.kind === kind)
        return { kind, until: one?.until ?? '', isNamed: true, isHeld: !!one }
      }),
      ...had
        .filter((c) => !kinds.includes(c.kind))
        .map((c) => ({ kind: c.kind, until: c.until, isNamed: false, isHeld: true })),
    ],
    promise: false,
    agreed: false,
  }
}

/** The form as it is sent. Agreeing is agreeing to the notice that stood on the page. */
export function draftOf(form: Form, call: Call): Draft {
  const { city_years, trade_years, employment, ownership, skill, ...text } = form.text
  return {
    ...text,
    unit: '', // the server knows the contest's units by their names
    employment: employment as Draft['employment'],
    ownership: ownership as Draft['ownership'],
    skill: skill as Draft['skill'],
    city_years: whole(city_years),
    trade_years: whole(trade_years),
    is_teacher: form.isTeacher,
    titles: [...form.held, ...form.titles.split('\n').map((t) => t.trim())].filter(Boolean),
    certificates: form.certificates
      .filter((c) => (c.isNamed ? c.isHeld : c.kind.trim()))
      .map(({ kind, until }) => ({ kind: kind.trim(), until })),
    promise: form.promise,
    unit_opinion: '',
    union_opinion: '',
    consent: { notice: form.agreed ? call.notice.version : '', sensitive: form.agreed },
  }
}

/** What is not a whole number of years is sent as one that the server refuses with its words. */
function whole(years: string): number {
  const text = years.trim()
  return text === '' ? 0 : /^\d{1,3}$/.test(text) ? Number(text) : -1
}
