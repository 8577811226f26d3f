import * as m from '@/paraglide/messages'
import type { Check, State } from '@/shared/checks'
import type { Line } from './line'

type Say = (blanks: { value: string }) => string
type Words = Partial<Record<State, Say>>

// What a person does about each outcome; an outcome that a probe never gives has no words.
const all: Record<Check, Words> = {
  secure: { ok: m.check_secure_ok, fail: m.check_secure_fail },
  storage: { ok: m.check_storage_ok, attention: m.check_storage_attention, fail: m.check_storage_fail },
  persist: { ok: m.check_persist_ok, attention: m.check_persist_attention },
  quota: { ok: m.check_quota_ok, attention: m.check_quota_attention, fail: m.check_quota_fail },
  offline: { ok: m.check_offline_ok, fail: m.check_offline_fail },
  server: { ok: m.check_server_ok, attention: m.check_server_attention, fail: m.check_server_fail },
  browser: { ok: m.check_browser_ok, attention: m.check_browser_attention, fail: m.check_browser_fail },
  screen: { ok: m.check_screen_ok, attention: m.check_screen_attention },
  touch: { ok: m.check_touch_ok, attention: m.check_touch_attention },
  clock: { ok: m.check_clock_ok, attention: m.check_clock_attention, untold: m.check_clock_untold },
  battery: {
    ok: m.check_battery_ok,
    attention: m.check_battery_attention,
    fail: m.check_battery_fail,
    untold: m.check_battery_untold,
  },
  camera: { ok: m.check_camera_ok, attention: m.check_camera_attention, untold: m.check_camera_untold },
}

/** One sentence: what is so, or what to do. */
export function lineWords(line: Line): string {
  if (line.way === 'charging') return m.check_battery_charging({ value: line.detail })
  return all[line.check][line.state]?.({ value: line.detail }) ?? line.detail
}
