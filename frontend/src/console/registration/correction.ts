import type { View } from './wire'

type Is = View['registration']

/** The texts of an application as staff fill them in anew; numbers are never shown and stay empty. */
export type Texts = Record<
  | 'name'
  | 'id_number'
  | 'phone'
  | 'unit_name'
  | 'credit_code'
  | 'post'
  | 'employment'
  | 'ownership'
  | 'union'
  | 'city_years'
  | 'trade_years'
  | 'skill'
  | 'skill_certificate'
  | 'ethnicity'
  | 'political'
  | 'education'
  | 'unit_opinion'
  | 'union_opinion'
  | 'titles'
  | 'certificates',
  string
>

export function textsOf(is: Is): Texts {
  const { unit, city_years, trade_years, titles, certificates } = is
  return {
    name: is.name,
    id_number: '',
    phone: '',
    unit_name: unit.name,
    credit_code: unit.credit_code,
    post: is.post ?? '',
    employment: is.employment ?? '',
    ownership: is.ownership ?? '',
    union: is.union ?? '',
    city_years: String(city_years ?? 0),
    trade_years: String(trade_years ?? 0),
    skill: is.skill ?? '',
    skill_certificate: '',
    ethnicity: is.ethnicity ?? '',
    political: is.political ?? '',
    education: is.education ?? '',
    unit_opinion: is.unit_opinion ?? '',
    union_opinion: is.union_opinion ?? '',
    titles: (titles ?? []).join('\n'),
    certificates: (certificates ?? []).map((c) => (c.until ? `${c.kind}:${c.until}` : c.kind)).join('\n'),
  }
}

const lines = (text: string) => text.split('\n').map((t) => t.trim()).filter(Boolean) // prettier-ignore
/** What is no whole number is sent as one that the server refuses at its place. */
const whole = (text: string) => (/^\d{1,3}$/.test(text.trim()) ? Number(text) : -1)

/** What is sent. `notice` is the version that the person agreed to, or "" when nobody says so. */
export function correctionOf(t: Texts, version: number, promise: boolean, notice: string): object {
  const { city_years, trade_years, titles, certificates, ...texts } = t
  return {
    version,
    ...texts,
    city_years: whole(city_years),
    trade_years: whole(trade_years),
    titles: lines(titles),
    certificates: lines(certificates).map((line) => {
      const [kind = '', until = ''] = line.replace('：', ':').split(':')
      return { kind: kind.trim(), until: until.trim() }
    }),
    promise,
    consent: { notice, sensitive: notice !== '' },
  }
}
