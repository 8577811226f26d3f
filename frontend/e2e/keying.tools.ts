/** Photographs for the tests of double keying: a page drawn by the plan that its PDF carries, with words in its cells. */
import { gunzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { encode } from 'uqr'

export interface Plan {
  w: number
  h: number
  a: number
  c: [number, number][]
  q: [number, number, number]
  m: number
  s: string
  f: { p: number; b: [number, number, number, number]; n: string }[]
}

/** The plan of a form's pages, as its PDF says it. */
export function planOf(pdf: Buffer): Plan {
  const text = /<jt:plan>([^<]*)<\/jt:plan>/.exec(pdf.toString('latin1'))?.[1] ?? ''
  return JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString()) as Plan
}

/** Page 1 as a camera sees it: on a grey desk, a little turned, in uneven light; says gives what a hand wrote. */
export async function photograph(
  page: Page,
  plan: Plan,
  code: string,
  says: (work: string, aspect: string) => string,
): Promise<Buffer> {
  const qr = encode(code, { border: 0, ecc: 'M' })
  if (qr.size !== plan.m) throw new Error(`a code of ${qr.size} modules, the form has ${plan.m}`)
  const words = plan.f.map((f) => {
    const [aspect = '', , work = ''] = f.n.split('|')
    return says(work, aspect)
  })
  const base64 = await page.evaluate(
    ({ plan, rows, words }) => {
      const dots = 6
      const canvas = document.createElement('canvas')
      canvas.width = (plan.w + 50) * dots
      canvas.height = (plan.h + 50) * dots
      const g = canvas.getContext('2d') as CanvasRenderingContext2D
      g.fillStyle = '#6b6259'
      g.fillRect(0, 0, canvas.width, canvas.height)
      g.translate(canvas.width / 2, canvas.height / 2)
      g.rotate(-0.05)
      g.scale(dots, dots)
      g.translate(-plan.w / 2, -plan.h / 2)
      const light = g.createLinearGradient(0, 0, plan.w, plan.h)
      light.addColorStop(0, '#f6f4ee')
      light.addColorStop(1, '#b5b2aa')
      g.fillStyle = light
      g.fillRect(0, 0, plan.w, plan.h)
      g.fillStyle = '#181818'
      for (const [x, y] of plan.c) g.fillRect(x - plan.a / 2, y - plan.a / 2, plan.a, plan.a)
      const unit = plan.q[2] / (plan.m + 8)
      rows.forEach((row, y) =>
        row.forEach((dark, x) => {
          if (dark) g.fillRect(plan.q[0] + (x + 4) * unit, plan.q[1] + (y + 4) * unit, unit + 0.02, unit + 0.02)
        }),
      )
      g.strokeStyle = '#555'
      g.lineWidth = 0.25
      plan.f.forEach((f, i) => {
        if (f.p !== 1) return
        g.strokeRect(...f.b)
        g.fillStyle = '#1f3f8f'
        g.font = 'italic 6px cursive'
        g.fillText(words[i] ?? '', f.b[0] + f.b[2] * 0.3, f.b[1] + f.b[3] * 0.78)
      })
      return canvas.toDataURL('image/jpeg', 0.85).split(',')[1] ?? ''
    },
    { plan, rows: qr.data, words },
  )
  return Buffer.from(base64, 'base64')
}
