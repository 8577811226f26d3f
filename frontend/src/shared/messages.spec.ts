// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const folder = `${resolve(import.meta.dirname, '../../messages')}/`
const areas = [
  'blind',
  'board',
  'calls',
  'check',
  'console',
  'correction',
  'entering',
  'evening',
  'floor',
  'honours',
  'keying',
  'marking',
  'notices',
  'plan',
  'readiness',
  'register',
  'registration',
  'results',
  'screen',
  'shared',
  'sign',
  'signing',
  'stages',
  'tablet',
]
const locales = ['en', 'zh-CN']

type Messages = Record<string, unknown>

function read(area: string, locale: string): Messages {
  const { $schema: _, ...messages } = JSON.parse(readFileSync(`${folder}${area}/${locale}.json`, 'utf8')) as Messages
  return messages
}

/** The names in braces of a message, whatever form it has. */
function holes(message: unknown): string[] {
  return [...new Set(JSON.stringify(message).match(/\{\s*(\w+)\s*\}/g) ?? [])]
    .map((h) => h.replace(/[{}\s]/g, ''))
    .sort()
}

describe('the words of the interface', () => {
  it('stand in one folder an area, one file a language', () => {
    expect(readdirSync(folder).sort()).toEqual(areas)
    for (const area of areas) expect(readdirSync(`${folder}${area}`).sort()).toEqual(locales.map((l) => `${l}.json`))
  })

  it.each(areas)('of %s are there in both languages, named after the area', (area) => {
    const [en, zh] = [read(area, 'en'), read(area, 'zh-CN')]
    expect(Object.keys(en).sort(), `messages/${area}: a key lacks its translation`).toEqual(Object.keys(zh).sort())
    for (const key of Object.keys(zh)) {
      expect(key, `messages/${area}: name it ${area}_… so that areas never collide`).toMatch(
        new RegExp(`^${area}_[a-z0-9_]+$`),
      )
    }
  })

  it.each(areas)('of %s have the same blanks in both languages and say something', (area) => {
    const [en, zh] = [read(area, 'en'), read(area, 'zh-CN')]
    for (const [key, message] of Object.entries(zh)) {
      expect(holes(en[key]), `${key}: {…} differ between the languages`).toEqual(holes(message))
      expect(JSON.stringify(message).length, `${key} is empty`).toBeGreaterThan(2)
      expect(JSON.stringify(en[key]).length, `${key} is empty in English`).toBeGreaterThan(2)
    }
  })
})
