/** A contest of one event for the chief judge's evening: three judges mark eight works, and prizes hang on it. */
import { expect, test, type Page } from '@playwright/test'
import { mark, packed, signIn, sound } from './console.tools'
import { Server } from './server'

export const password = 'porcelain-and-ink-26'
const names = ['单青', '梅安娜', '童一鸣', '商清', '晏如', '盛夏', '仇远', '解小满']

/** A real contest with a light chain: corrections take a supervisor, publication two persons and no paper. */
function contest(): Buffer {
  return packed({
    'contest.json': (t) => t.replace('"rehearsal"', '"real"'),
    'entries.csv': (t) =>
      [
        ...t.split('\n').filter((l) => l && !l.startsWith('barista')),
        ...names.map((n, i) => `barista,00${i + 1},,,${n},metro,,,,`),
        '',
      ].join('\n'),
    'schemes/barista.json': (t) =>
      t.replace('"max": "10"\n                }', '"max": "10", "spread": "3"\n                }').replace(
        '"total": "10"',
        `"total": "10", "prizes": {"ties": "widen", "list": [
            {"id": "first", "name": {"zh": "一等奖", "en": "First prize"}, "number": 1},
            {"id": "second", "name": {"zh": "二等奖", "en": "Second prize"}, "number": 2}]}`,
      ),
  })
}

/** A hall: the server, its event, and who is there. */
export class Hall {
  codes: { chair: number; seat: number; code: string; url: string }[] = []

  private constructor(
    readonly server: Server,
    readonly event: string,
  ) {}

  static async begin(): Promise<Hall> {
    const server = await Server.start()
    const made = await server.call<{ contest: { id: string } }>('POST', '/api/v1/packages', new Uint8Array(contest()))
    const of = made.contest.id
    const { events } = await server.call<{ events: { id: string; code: string }[] }>(
      'GET',
      `/api/v1/contests/${of}/events`,
    )
    const hall = new Hall(server, events.find((e) => e.code === 'barista')?.id ?? '')
    await hall.account('chief', '裁判长', { role: 'chief_judge', contest: of, event: hall.event })
    await hall.account('watch', '监督员', { role: 'supervisor', contest: of })
    await hall.act({ act: 'open' })
    await hall.pair([1, 2, 3])
    return hall
  }

  private async account(user: string, name: string, grant: object): Promise<void> {
    const made = await this.server.call<{ password: string }>('POST', '/api/v1/accounts', {
      user,
      name,
      grants: [grant],
    })
    const first = { user, password: made.password }
    const { token } = await this.server.call<{ token: string }>('POST', '/api/v1/sessions', first, '')
    await this.server.call('PUT', '/api/v1/accounts/current/password', { old: made.password, new: password }, token)
  }

  act(body: object): Promise<unknown> {
    const two = { second: { user: 'watch', password } }
    return this.server.call('POST', `/api/v1/events/${this.event}/acts`, {
      act_id: crypto.randomUUID(),
      ...two,
      ...body,
    })
  }

  /** Makes new pairing codes; a chair that has a tablet keeps it until the code is used. */
  async pair(chairs: number[]): Promise<void> {
    const path = `/api/v1/events/${this.event}/pairing-codes`
    const { codes } = await this.server.call<{ codes: Hall['codes'] }>('POST', path, { chairs })
    this.codes = [...this.codes.filter((c) => !chairs.includes(c.chair)), ...codes]
  }

  code(chair: number): string {
    return this.codes.find((c) => c.chair === chair)?.code ?? ''
  }

  mark(chair: number, works: Record<string, string>): Promise<void> {
    return mark(this.server, this.code(chair), 'taste', works)
  }

  async open(page: Page, path: string, user = 'chief'): Promise<void> {
    await signIn(page, this.server, user, password)
    await expect(page.getByRole('heading', { name: '赛事', level: 1 })).toBeVisible()
    await page.goto(`${this.server.base}/console/events/${this.event}/${path}`)
  }
}

/** The marks of a judge who gives all works, from the best down. */
export const all = (...values: string[]): Record<string, string> =>
  Object.fromEntries(values.map((v, i) => [`00${i + 1}`, v]))

/** Shows what stands in both languages and both themes, holds each against axe, and keeps a picture of each. */
export async function faces(page: Page, where: string): Promise<void> {
  for (const lang of ['zh-CN', 'en'] as const) {
    await page.evaluate((l) => localStorage.setItem('jiangtai.locale', l), lang)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.reload()
      await expect(page.locator('html')).toHaveAttribute('lang', lang)
      await expect(page.locator('.box').first()).toBeVisible()
      await page.waitForLoadState('networkidle')
      await sound(page, `${where}, ${lang}, ${colorScheme}`)
      await page.screenshot({ path: test.info().outputPath(`${where}-${lang}-${colorScheme}.png`), fullPage: true })
    }
  }
  await page.evaluate(() => localStorage.setItem('jiangtai.locale', 'zh-CN'))
  await page.emulateMedia({ colorScheme: 'light' })
  await page.reload()
}
