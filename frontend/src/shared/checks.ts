import * as m from '@/paraglide/messages'

/** What a tablet looks at, in the order in which people read it. The server knows the same words. */
export const checks = [
  'secure',
  'storage',
  'persist',
  'quota',
  'offline',
  'server',
  'browser',
  'screen',
  'touch',
  'clock',
  'battery',
  'camera',
] as const

export type Check = (typeof checks)[number]

/** "untold" is what the browser does not tell, or nobody has tried yet. */
export type State = 'ok' | 'attention' | 'fail' | 'untold'

/** What each check is called. */
export const checkNames: Record<Check, () => string> = {
  secure: m.check_name_secure,
  storage: m.check_name_storage,
  persist: m.check_name_persist,
  quota: m.check_name_quota,
  offline: m.check_name_offline,
  server: m.check_name_server,
  browser: m.check_name_browser,
  screen: m.check_name_screen,
  touch: m.check_name_touch,
  clock: m.check_name_clock,
  battery: m.check_name_battery,
  camera: m.check_name_camera,
}

/** How a check came out, in a word. */
export const stateWords: Record<State, () => string> = {
  ok: m.check_state_ok,
  attention: m.check_state_attention,
  fail: m.check_state_fail,
  untold: m.check_state_untold,
}
