import * as m from '@/paraglide/messages'
import { actWord } from '../words'
import type { ActKind } from '../wire'

const whats: Record<string, () => string> = {
  'session.created': m.console_audit_session_created,
  'session.ended': m.console_audit_session_ended,
  'session.refused': m.console_audit_session_refused,
  'account.created': m.console_audit_account_created,
  'account.changed': m.console_audit_account_changed,
  'account.first_administrator': m.console_audit_first,
  'pairing_codes.created': m.console_audit_codes,
  'device.paired': m.console_audit_device_paired,
  'device.frozen': m.console_audit_device_frozen,
  'contest.created': m.console_audit_contest_created,
  'contest.changed': m.console_audit_contest_changed,
  'contest.imported': m.console_audit_contest_imported,
  'event.created': m.console_audit_event_created,
  'event.changed': m.console_audit_event_changed,
  'event.opened': m.console_audit_event_opened,
  'scheme.changed': m.console_audit_scheme,
  'chairs.changed': m.console_audit_chairs,
  'entries.changed': m.console_audit_entries,
  'host.created': m.console_audit_host,
  'unit.created': m.console_audit_unit,
  'ledger.export': m.console_audit_ledger,
  'backup.asked': m.console_audit_backup_asked,
  'backup.restored': m.console_audit_backup_restored,
  'act.refused': m.console_audit_act_refused,
  'mark.refused': m.console_audit_mark_refused,
}

/** What an entry of the audit tells of; an unknown one is shown as it is written. */
export function auditWord(what: string): string {
  const known = whats[what]
  if (known) return known()
  return what.startsWith('act.') ? actWord(what.slice(4) as ActKind) : what
}

/** Long ids cut short: their first eight signs tell them apart to the eye. */
export const short = (text: string) =>
  text.replace(/([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '$1…')
