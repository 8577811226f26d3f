/** A marking scheme as an outline to read: what the file says, nothing computed. */
export interface Aspect {
  id: string
  code: string
  name: string
  kind: string
  panel: string
  max: string
  detail: string
  /** External: total, or the part of the stage before that it is filled from. */
  carried: string
}
export interface Sub {
  id: string
  name: string
  aspects: Aspect[]
}
export interface Criterion {
  id: string
  code: string
  name: string
  max: string
  identity: string
  subs: Sub[]
}
export interface Component {
  id: string
  name: string
  weight: string
  max: string
  /** Teams are marked in it, nobody else. */
  ofTeam: boolean
  criteria: Criterion[]
}
/** 团体: what the members of a team make. */
export interface Teams {
  take: string
  best: string
  size: string
  least: string
}
export interface Outline {
  name: string
  total: string
  identity: string
  panels: { id: string; name: string; chairs: number; policy: string }[]
  /** What is ranked beside the whole: group, county, unit. */
  rankings: string[]
  teams: Teams | null
  /** In what prizes, team prizes and advancing are counted apart; "" in all together. */
  prizesBy: string
  teamPrizes: string[]
  teamPrizesBy: string
  advanceBy: string
  components: Component[]
  aspects: number
}

interface Words {
  zh: string
  en?: string
}
type Raw = Record<string, unknown>

const text = (v: unknown): string => (typeof v === 'string' || typeof v === 'number' ? String(v) : '')
const list = (v: unknown): Raw[] => (Array.isArray(v) ? (v as Raw[]) : [])

/** Reads a scheme that the server has accepted. `en` asks for the English names where there are some. */
export function outlineOf(json: string, en = false): Outline {
  const name = (v: unknown) => {
    const w = (v ?? {}) as Partial<Words>
    return (en && w.en ? w.en : w.zh) ?? ''
  }
  const s = JSON.parse(json) as Raw
  let aspects = 0
  let letter = 0
  const components = list(s.components).map((c) => ({
    id: text(c.id),
    name: name(c.name),
    weight: text(c.weight),
    max: text(c.max),
    ofTeam: c.of === 'team',
    criteria: list(c.criteria).map((k) => {
      const code = letters(letter++)
      return {
        id: text(k.id),
        code,
        name: name(k.name),
        max: text(k.max),
        identity: text(k.identity) || text(s.identity),
        subs: list(k.subs).map((u, i) => ({
          id: text(u.id),
          name: name(u.name),
          aspects: list(u.aspects).map((a, j) => {
            aspects++
            return {
              id: text(a.id),
              code: `${code}${i + 1}.${j + 1}`,
              name: name(a.name),
              kind: text(a.kind),
              panel: text(a.panel),
              max: text(a.max),
              detail: detailOf(a),
              carried: text(a.carried),
            }
          }),
        })),
      }
    }),
  }))
  return {
    name: name(s.name),
    total: text(s.total),
    identity: text(s.identity) || 'open',
    panels: list(s.panels).map((p) => ({
      id: text(p.id),
      name: name(p.name),
      chairs: Number(text(p.chairs) || 0),
      policy: text((p.policy as Raw | undefined)?.kind),
    })),
    rankings: Array.isArray(s.rankings) ? s.rankings.map(text) : [],
    teams: teamsOf(s.teams),
    prizesBy: text(of(s.prizes).by),
    teamPrizes: list(of(s.team_prizes).list).map((p) => name(p.name)),
    teamPrizesBy: text(of(s.team_prizes).by),
    advanceBy: text(of(s.advance).by),
    components,
    aspects,
  }
}

const of = (v: unknown): Raw => (v ?? {}) as Raw

function teamsOf(v: unknown): Teams | null {
  if (!v) return null
  const t = v as Raw
  return { take: text(t.take), best: text(t.best), size: text(t.size), least: text(t.least) }
}

/** The names of a scheme's panels by their ids. */
export function namesOfPanels(json: string, en = false): Map<string, string> {
  return new Map(outlineOf(json, en).panels.map((p) => [p.id, p.name]))
}

/** 扣分项: what is taken off or counted under one aspect. */
export interface Item {
  name: string
  isCounted: boolean
}

/** The items of a scheme's deductions and penalties, by the aspect's id and their own. */
export function itemsOf(json: string, en = false): Map<string, Map<string, Item>> {
  const all = new Map<string, Map<string, Item>>()
  JSON.parse(json, (_, v: unknown) => {
    const aspect = (v ?? {}) as Raw
    if (typeof aspect.id === 'string' && Array.isArray(aspect.items)) {
      const items = list(aspect.items).map((i): [string, Item] => {
        const { zh = '', en: other } = (i.name ?? {}) as Partial<Words>
        return [text(i.id), { name: (en && other) || zh, isCounted: aspect.kind === 'penalty' && i.from === undefined }]
      })
      all.set(aspect.id, new Map(items))
    }
    return v
  })
  return all
}

/**
 * The English of every name in a scheme by the Chinese one. What the server tells of marks names aspects and panels in
 * Chinese, as the papers do.
 */
export function glossOf(json: string): Map<string, string> {
  const gloss = new Map<string, string>()
  JSON.parse(json, (_, v: unknown) => {
    const { zh, en } = (v ?? {}) as Partial<Words>
    if (typeof zh === 'string' && typeof en === 'string' && en) gloss.set(zh, en)
    return v
  })
  return gloss
}

/** A, B, … Z, AA: the criteria's letters in their order. */
function letters(n: number): string {
  return (n >= 26 ? letters(Math.floor(n / 26) - 1) : '') + String.fromCharCode(65 + (n % 26))
}

/** What decides about the mark, in signs: limits, nominal and tolerance, step, unit. */
function detailOf(a: Raw): string {
  const unit = a.unit ? ` ${text(a.unit)}` : ''
  const parts: string[] = []
  const limits = a.low !== undefined || a.high !== undefined ? `${text(a.low) || '−∞'} … ${text(a.high) || '∞'}` : ''
  if (a.nominal !== undefined) {
    const about = a.tol !== undefined ? ` ± ${text(a.tol)}` : limits ? ` (${limits})` : ''
    parts.push(`${text(a.nominal)}${about}${unit}`)
  } else if (limits) parts.push(`${limits}${unit}`)
  if (a.step !== undefined) parts.push(`/ ${text(a.step)}`)
  if (Array.isArray(a.levels)) parts.push(`0–${a.levels.length - 1}`)
  if (Array.isArray(a.items)) parts.push(`× ${a.items.length}`)
  return parts.join('  ')
}
