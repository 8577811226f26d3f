import * as m from '@/paraglide/messages'
import type { components } from '@/shared/api'

export type Backups = components['schemas']['Backups']
export type Kept = Backups['backups'][number]

const reasons: Record<Kept['reason'], () => string> = {
  manual: m.console_backup_manual,
  lock: m.console_backup_lock,
  unseal: m.console_backup_unseal,
  publish: m.console_backup_publish,
}
const keys: Record<Kept['key'], () => string> = {
  machine: m.console_backup_machine,
  passphrase: m.console_backup_passphrase,
  none: m.console_backup_open,
}
const befores: Record<Backups['before'], () => string> = {
  real: m.console_backup_before_real,
  all: m.console_backup_before_all,
  none: m.console_backup_before_none,
}

/** Why a backup was made. */
export const reasonWord = (b: Kept) => reasons[b.reason]()
/** What opens a backup. */
export const keyWord = (b: Kept) => keys[b.key]()
/** Before which acts the server makes one by itself. */
export const beforeWords = (s: Backups) => befores[s.before]()

/** A size for people: three figures at most, thousands as disks count them. */
export function sizeOf(bytes: number): string {
  let [value, unit] = [bytes / 1000, 'KB']
  for (const next of ['MB', 'GB', 'TB']) {
    if (value < 1000) break
    ;[value, unit] = [value / 1000, next]
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`
}
