import type { Page } from '@playwright/test'
import type { Bundle, Pad } from '../src/tablet/bundle'
import { bundle } from './tablet.bundle'

/** Ten seats of an invented welding event, timed by the floor's panel. */
export function floorBundle(): Bundle {
  const base = bundle()
  const pad = (p: Partial<Pad> & Pick<Pad, 'id' | 'code' | 'name' | 'kind'>): Pad => ({
    ...{ required: true, attempts: 1, places: 6 },
    ...p,
  })
  const aspects = [
    pad({
      ...{ id: 'clock', code: 'B1.1', name: '净用时', kind: 'time', max: '5', unit: 's', min: '0' },
      linear: { limit: '5400', best: '3600' },
    }),
    pad({
      ...{ id: 'rules', code: 'B1.2', name: '违规记录', kind: 'penalty', required: false, max: '0', cap: '10' },
      items: [
        { id: 'late', name: '超时后继续操作', amount: '2', counted: true },
        { id: 'fire', name: '未经许可动火', counted: true, voids: 'entry' },
      ],
    }),
  ]
  return {
    ...base,
    chair: { number: 4, panel: 'floor', panel_name: '现场裁判组', seat: 1, judge: '周敏', chief: false },
    sheets: [
      {
        criterion: { id: 'B', name: '操作过程', name_en: 'Process', code: 'B', max: '5', identity: 'seat' },
        subs: [{ id: 'B1', name: '用时与纪律', code: 'B1', aspects }],
      },
    ],
    works: ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10'].map((work, i) => ({
      ...{ work, identity: 'seat' as const, criteria: ['B'], status: i === 5 ? 'dns' : 'competing' },
    })),
  }
}

export const seat = (page: Page, label: string) => page.locator(`[data-seat="${label}"]`)

export const button = (page: Page, label: string, name: string) =>
  seat(page, label).getByRole('button', { name: new RegExp(`^${name}`) })

/** Draws a line through the box that is to be signed in. */
export async function sign(page: Page): Promise<void> {
  const box = await page.locator('.stroke-pad svg').boundingBox()
  if (!box) throw new Error('nothing to sign in')
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const
  for (const [from, over, to] of [
    [at(0.2, 0.3), at(0.5, 0.6), at(0.4, 0.8)],
    [at(0.55, 0.3), at(0.75, 0.5), at(0.7, 0.75)],
  ] as const) {
    await page.mouse.move(...from)
    await page.mouse.down()
    await page.mouse.move(...over, { steps: 6 })
    await page.mouse.move(...to, { steps: 6 })
    await page.mouse.up()
  }
}
