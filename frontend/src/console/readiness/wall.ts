import * as m from '@/paraglide/messages'
import type { components } from '@/shared/api'
import * as icons from '@/shared/icons'
import type { Check, State } from '@/shared/checks'

type S = components['schemas']

export type Wall = S['ReadinessWall']
export type Place = Wall['places'][number]
export type Standing = Place['standing']

const words: Record<Standing, () => string> = {
  no_tablet: m.readiness_no_tablet,
  unchecked: m.readiness_unchecked,
  old: m.readiness_old,
  ready: m.readiness_ready,
  attention: m.readiness_attention,
  not_ready: m.readiness_not_ready,
}

/** How a chair stands, in words and as a sign of its own: no colour is needed to tell them apart. */
export const standingWords = (s: Standing) => words[s]()

export const signs: Record<Standing, string> = {
  no_tablet: icons.minus,
  unchecked: icons.more,
  old: icons.undo,
  ready: icons.tick,
  attention: icons.warning,
  not_ready: icons.cross,
}

export const isReady = (p: Place) => p.standing === 'ready' || p.standing === 'attention'

/** What keeps a tablet from being ready or wants a look, the worst first. */
export function troubles(p: Place): { check: Check; state: State }[] {
  const rank = { fail: 0, attention: 1, untold: 2, ok: 3 }
  return (p.report?.checks ?? [])
    .filter((c) => c.state === 'fail' || c.state === 'attention')
    .sort((a, b) => rank[a.state] - rank[b.state])
}

/** The panels of a wall in the order of their chairs. */
export function byPanel(places: readonly Place[]): { panel: string; places: Place[] }[] {
  const out: { panel: string; places: Place[] }[] = []
  for (const place of places) {
    const last = out.find((g) => g.panel === place.panel)
    if (last) last.places.push(place)
    else out.push({ panel: place.panel, places: [place] })
  }
  return out
}
