/** What the tests of signatures share: a hand that writes, what the server says of steps, and the sizes of controls. */
import { expect, type Page } from '@playwright/test'
import type { Server } from './server'

/** Writes a name on the pad. */
export async function write(page: Page): Promise<void> {
  const pad = page.locator('.stroke-pad svg')
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (!box) throw new Error('there is no pad')
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const
  const lines = [
    [0.2, 0.35, 0.3, 0.3, 0.42, 0.32],
    [0.31, 0.2, 0.29, 0.5, 0.22, 0.75],
    [0.3, 0.45, 0.36, 0.6, 0.43, 0.72],
    [0.55, 0.25, 0.68, 0.24, 0.66, 0.5, 0.56, 0.52],
    [0.6, 0.2, 0.61, 0.45, 0.6, 0.7, 0.72, 0.78],
  ]
  for (const [x = 0, y = 0, ...rest] of lines) {
    await page.mouse.move(...at(x, y))
    await page.mouse.down()
    for (let i = 0; i + 1 < rest.length; i += 2)
      await page.mouse.move(...at(rest[i] ?? 0, rest[i + 1] ?? 0), { steps: 6 })
    await page.mouse.up()
  }
}

interface Step {
  kind: string
  chair?: number
  state: string
}

async function steps(server: Server, event: string): Promise<Step[]> {
  return (await server.call<{ steps: Step[] }>('GET', `/api/v1/events/${event}/documents`)).steps
}

/** The states of the mark sheets by chair. */
export async function sheets(server: Server, event: string): Promise<string[]> {
  return (await steps(server, event)).filter((s) => s.kind === 'mark_sheet').map((s) => s.state)
}

/** The state of the first step of a kind. */
export async function closed(server: Server, event: string, kind: string): Promise<string> {
  return (await steps(server, event)).find((s) => s.kind === kind)?.state ?? ''
}

/** Every control at least 48 px, every text at least 18 px. */
export async function large(page: Page): Promise<void> {
  const small = await page.evaluate(() => {
    const found: string[] = []
    const name = (e: Element) => `${e.tagName}.${e.className} "${(e.textContent ?? '').trim().slice(0, 20)}"`
    const shown = (e: Element) => e.checkVisibility({ visibilityProperty: true })
    for (const e of document.querySelectorAll('button,textarea,input,a[href]')) {
      const { width, height } = e.getBoundingClientRect()
      if (shown(e) && (width < 47.5 || height < 47.5)) found.push(`${name(e)} ${width} × ${height}`)
    }
    for (const e of document.querySelectorAll('.sign-bar *, .sign-page *, .dialog *')) {
      const own = [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent?.trim())
      const size = parseFloat(getComputedStyle(e).fontSize)
      if (own && shown(e) && size < 17.9) found.push(`${name(e)} ${size} px`)
    }
    return found
  })
  expect(small).toEqual([])
}
