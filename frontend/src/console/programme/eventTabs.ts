import * as m from '@/paraglide/messages'
import type { Role } from '../wire'

/** A page of an event: for whom it is, and which pages below it belong to it. */
interface EventTab {
  name: string
  words: () => string
  roles?: readonly Role[]
  also?: readonly string[]
  /** Begins a part of the day: before it, in the hall, the result. */
  begins?: boolean
}

const office: readonly Role[] = ['administrator', 'organiser']
const host: readonly Role[] = [...office, 'host']
const heads: readonly Role[] = [...office, 'chief_judge', 'supervisor']
const staff: readonly Role[] = [...host, 'chief_judge', 'supervisor', 'clerk']

/** The pages of an event in the order of its day. */
export const eventTabs: readonly EventTab[] = [
  { name: 'event', words: m.console_tab_overview },
  { name: 'outstanding', words: m.results_tab_outstanding, roles: staff },
  { name: 'evening', words: m.evening_tab, roles: heads },

  { name: 'filing', words: m.plan_tab_filing, roles: [...host, 'supervisor'], begins: true },
  { name: 'scheme', words: m.console_tab_scheme },
  { name: 'chairs', words: m.console_tab_chairs },
  {
    name: 'registrations',
    words: m.registration_tab,
    roles: [...host, 'supervisor'],
    also: ['registration', 'registration-terms', 'registration-sheets'],
  },
  { name: 'stages', words: m.stages_tab, roles: staff },
  { name: 'entries', words: m.console_tab_entries, also: ['working'] },

  {
    name: 'recusals',
    words: m.blind_ties_tab,
    roles: [...host, 'chief_judge', 'supervisor'],
    begins: true,
  },
  {
    name: 'coding',
    words: m.blind_tab,
    roles: [...host, 'chief_judge', 'supervisor', 'coding_judge'],
    also: ['draw-record', 'draw-labels'],
  },
  { name: 'pairing', words: m.console_tab_pairing, roles: [...host, 'chief_judge'] },
  { name: 'readiness', words: m.readiness_title, roles: staff },
  { name: 'floor', words: m.floor_console_title, roles: [...host, 'chief_judge', 'supervisor'] },
  { name: 'entering', words: m.entering_tab, roles: ['clerk', 'host', 'organiser'] },
  { name: 'keying', words: m.keying_tab, roles: staff, also: ['keying-sheet', 'keying-differences'] },

  { name: 'signing', words: m.signing_tab, roles: staff, begins: true },
  { name: 'recheck', words: m.results_tab_recheck, roles: heads },
  { name: 'publication', words: m.results_tab_publication, roles: heads },
  { name: 'records', words: m.console_tab_records, roles: heads },
]
