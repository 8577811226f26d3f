import * as m from '@/paraglide/messages'
import type { Identity } from '../bundle'

/** A work's label as a heading: the code, the seat or the entry number, never two of them. */
export function labelWords(label: string, identity: Identity): string {
  if (identity === 'coded') return m.tablet_label_coded({ label })
  if (identity === 'seat') return m.tablet_label_seat({ label })
  return m.tablet_label_open({ label })
}

/** Why an entry is not there to be marked. */
export function statusWords(status: string): string {
  const words: Record<string, () => string> = {
    dns: m.tablet_status_dns,
    dnf: m.tablet_status_dnf,
    dsq: m.tablet_status_dsq,
    withdrawn: m.tablet_status_withdrawn,
    out: m.tablet_status_out,
  }
  return words[status]?.() ?? ''
}
