import { cityTime, type Rule } from '@/shared/registration/words'
import type { Terms } from './wire'

export type RuleKind = Rule['rule']

/** A condition on the form: every kind once, ticked or not. Numbers are text until they are sent. */
export interface RuleRow {
  kind: RuleKind
  isOn: boolean
  min: string
  max: string
  on: string
  level: string
  values: string // one a line
  warns: boolean
}

export interface TermsFields {
  opens: string // 2026-05-27T18:00 on the clocks of the city
  closes: string
  corrects: string
  isPublic: boolean
  hasHost: boolean
  events: string
  unit: string
  version: string
  text: string
  rules: RuleRow[]
}

export const ruleKinds: readonly RuleKind[] = [
  'trade_years',
  'city_years',
  'age',
  'skill',
  'employment',
  'not_teacher',
  'certificates',
  'barred_titles',
]

/** Which fields a kind of rule has. */
export const ruleFields: Record<RuleKind, readonly ('min' | 'max' | 'on' | 'level' | 'values')[]> = {
  trade_years: ['min'],
  city_years: ['min'],
  age: ['min', 'max', 'on'],
  skill: ['level'],
  employment: ['values'],
  not_teacher: [],
  certificates: ['values', 'on'],
  barred_titles: ['values'],
}

/** A moment as a field of date and time shows it, and back. */
export const toField = (at: string | undefined) => cityTime(at).replace(' ', 'T')
export function fromField(text: string): string | undefined {
  const at = new Date(`${text}:00+08:00`)
  return text && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined
}

/** The fields of terms; without any, those of a month from now. */
export function fieldsOf(terms: Terms | null, now = new Date()): TermsFields {
  const at = (days: number) => toField(new Date(now.getTime() + days * 86_400_000).toISOString()).slice(0, 10)
  return {
    opens: terms ? toField(terms.opens_at) : `${at(1)}T08:00`,
    closes: terms ? toField(terms.closes_at) : `${at(30)}T18:00`,
    corrects: toField(terms?.correct_until),
    isPublic: terms?.is_public ?? true,
    hasHost: terms?.ladder.includes('host') ?? true,
    events: String(terms?.events_per_person ?? 1),
    unit: String(terms?.per_unit ?? 0),
    version: terms?.notice.version ?? `${now.getFullYear()}-1`,
    text: terms?.notice.text ?? '',
    rules: ruleKinds.map((kind) =>
      rowOf(
        kind,
        terms?.rules.find((r) => r.rule === kind),
      ),
    ),
  }
}

function rowOf(kind: RuleKind, rule: Rule | undefined): RuleRow {
  return {
    kind,
    isOn: !!rule,
    min: rule?.min ? String(rule.min) : '',
    max: rule?.max ? String(rule.max) : '',
    on: rule?.on ?? '',
    level: rule?.level ?? '3',
    values: (rule?.values ?? []).join('\n'),
    warns: rule?.warns ?? false,
  }
}

/** What cannot be a number is sent as one that the server refuses at its place. */
const whole = (text: string) => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : text.trim() === '' ? 0 : -1)
const lines = (text: string) => text.split('\n').map((t) => t.trim()).filter(Boolean) // prettier-ignore

export function termsOf(f: TermsFields): Terms {
  const corrects = fromField(f.corrects)
  return {
    opens_at: fromField(f.opens) ?? '0001-01-01T00:00:00Z',
    closes_at: fromField(f.closes) ?? '0001-01-01T00:00:00Z',
    ...(corrects ? { correct_until: corrects } : {}),
    is_public: f.isPublic,
    ladder: f.hasHost ? ['host', 'office'] : ['office'],
    events_per_person: whole(f.events),
    per_unit: whole(f.unit),
    notice: { version: f.version.trim(), text: f.text },
    rules: f.rules.filter((r) => r.isOn).map(ruleOf),
  }
}

function ruleOf(row: RuleRow): Rule {
  const rule: Rule = { rule: row.kind }
  for (const field of ruleFields[row.kind]) {
    if (field === 'min' && row.min.trim()) rule.min = whole(row.min)
    if (field === 'max' && row.max.trim()) rule.max = whole(row.max)
    if (field === 'on' && row.on) rule.on = row.on
    if (field === 'level') rule.level = row.level
    if (field === 'values') rule.values = lines(row.values)
  }
  if (row.warns) rule.warns = true
  return rule
}

/** Where the n-th ticked row stands in what is sent: "/rules/0". */
export function placeOfRule(rules: readonly RuleRow[], kind: RuleKind): string {
  return `/rules/${rules.filter((r) => r.isOn).findIndex((r) => r.kind === kind)}`
}
