import * as m from '@/paraglide/messages'
import { locale } from '../locale'
import type { components } from '../api'

/** The words of registration that the public form and the console have in common. */
type S = components['schemas']
export type Rule = S['EligibilityRule']
export type Status = S['RegistrationStatus']

const employments: Record<string, () => string> = {
  employee: m.register_employee,
  migrant: m.register_migrant,
  dispatched: m.register_dispatched,
  flexible: m.register_flexible,
  new_form: m.register_new_form,
}
const skills: Record<string, () => string> = {
  none: m.register_skill_none,
  '5': m.register_skill_5,
  '4': m.register_skill_4,
  '3': m.register_skill_3,
  '2': m.register_skill_2,
  '1': m.register_skill_1,
  special: m.register_skill_special,
  chief: m.register_skill_chief,
}
const ownerships: Record<string, () => string> = { public: m.register_public, non_public: m.register_non_public }

/** Upwards; a record would put the digits first. */
export const allSkills = ['none', '5', '4', '3', '2', '1', 'special', 'chief'] as const
export const allEmployments = Object.keys(employments)
export const allOwnerships = Object.keys(ownerships)

export const employmentWord = (v: string) => employments[v]?.() ?? v
export const skillWord = (v: string) => skills[v]?.() ?? v
export const ownershipWord = (v: string) => ownerships[v]?.() ?? v

/** A condition as people say it. */
export function ruleWords(rule: Rule): string {
  const words = plainRule(rule)
  const dated = rule.on ? m.register_rule_on({ words, on: rule.on }) : words
  return rule.warns ? m.register_rule_warns({ words: dated }) : dated
}

function plainRule(rule: Rule): string {
  const list = (word: (v: string) => string) => (rule.values ?? []).map(word).join(m.register_list_comma())
  const same = (v: string) => v
  const min = String(rule.min ?? 0)
  const max = String(rule.max ?? 0)
  switch (rule.rule) {
    case 'city_years':
      return m.register_rule_city_years({ n: min })
    case 'trade_years':
      return m.register_rule_trade_years({ n: min })
    case 'age':
      if (rule.min && rule.max) return m.register_rule_age_between({ min, max })
      return rule.min ? m.register_rule_age_least({ min }) : m.register_rule_age_most({ max })
    case 'employment':
      return m.register_rule_employment({ list: list(employmentWord) })
    case 'not_teacher':
      return m.register_rule_not_teacher()
    case 'skill':
      return m.register_rule_skill({ level: skillWord(rule.level ?? '') })
    case 'barred_titles':
      return m.register_rule_barred_titles({ list: list(same) })
    case 'certificates':
      return m.register_rule_certificates({ list: list(same) })
  }
}

/** A moment on the clocks of the city, whatever the device's zone: "2026-05-27 18:00". */
export function cityTime(at: string | undefined): string {
  if (!at) return ''
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}

/** Three groups of four are read aloud and copied with fewer slips. */
export function grouped(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-')
}

/** In the language in force, from a pair of the catalogue of errors. */
export function catalogued(pair: { zh: string; en: string } | undefined, otherwise: string): string {
  if (!pair) return otherwise
  return locale.value === 'en' ? pair.en : pair.zh
}
