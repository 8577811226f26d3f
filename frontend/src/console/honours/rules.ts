import { shallowRef } from 'vue'
import { said } from '@/shared/said'
import { call } from '../api'
import { asTrouble, type Trouble } from '../trouble'
import type { Rules } from './wire'

// The tables change with the program, not under a page: they are fetched once.
const rules = shallowRef<Rules | null>(null)
const trouble = shallowRef<Trouble | null>(null)

/** The rules and procedures that there are; null until they have come. */
export function useRules() {
  if (!rules.value) void learn()
  return { rules, trouble }
}

async function learn(): Promise<void> {
  try {
    rules.value = await call<Rules>('GET', '/honours/rules')
    trouble.value = null
  } catch (thrown) {
    trouble.value = asTrouble(thrown)
  }
}

/** What a campaign's honour is called; its id until the tables have come. */
export function honourWord(of: Rules | null, sequence: string, version: number): string {
  const found = of?.sequences.find((s) => s.id === sequence && s.version === version)
  return found ? said(found.name, found.name_en) : sequence
}

/** What an award of a profile is called. */
export function awardWord(of: Rules | null, profile: string, version: number, award: string): string {
  const sort = of?.profiles.find((p) => p.id === profile && p.version === version)?.awards[award]
  return sort ? said(sort.name, sort.name_en) : award
}
