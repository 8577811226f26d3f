/** What the console's tests share: packages as zip files, axe under the program's own policy, signing in. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative, resolve } from 'node:path'
import { crc32 } from 'node:zlib'
import { expect, type Page } from '@playwright/test'
import type { Server } from './server'

const example = resolve(import.meta.dirname, '../../docs/examples/package-small')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')

/** The example package, with files changed by name. */
export function packed(change: Record<string, (text: string) => string> = {}): Buffer {
  const files = walk(example).map((path) => {
    const name = relative(example, path)
    const text = readFileSync(path, 'utf8')
    return { name, body: Buffer.from(change[name]?.(text) ?? text) }
  })
  return zip(files)
}

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? walk(path) : [path]
  })
}

/** A zip file without compression: local headers, the directory, its end. */
export function zip(files: { name: string; body: Buffer }[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, body } of files) {
    const path = Buffer.from(name)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(0x5a21, 8)
    shared.writeUInt32LE(crc32(body), 10)
    shared.writeUInt32LE(body.length, 14)
    shared.writeUInt32LE(body.length, 18)
    shared.writeUInt16LE(path.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, path, body])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, rest, path]))
    parts.push(local)
    at += local.length
  }
  const size = directory.reduce((sum, d) => sum + d.length, 0)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, ...directory, end])
}

export async function signIn(page: Page, server: Server, user: string, password: string): Promise<void> {
  await page.goto(`${server.base}/console`)
  await page.getByLabel('用户名').fill(user)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** No axe violation (WCAG 2.2 AA), and nothing wider than the window. Evaluated, not injected: the policy allows no
 * foreign script. */
export async function sound(page: Page, where: string): Promise<void> {
  await page.evaluate(axe)
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run: (
          what?: object,
        ) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>
      }
    }
    return (await axe.run()).violations.map(
      (v) => `${v.id}: ${v.nodes.map((n) => `${n.html} ${n.failureSummary}`).join(' | ')}`,
    )
  })
  expect(found, where).toEqual([])
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wide, `${where}: wider than the window`).toBeLessThanOrEqual(0)
}

/** Pairs a tablet with a printed code and gives one mark for each work, as the judge of that chair would. */
export async function mark(server: Server, code: string, aspect: string, works: Record<string, string>): Promise<void> {
  const paired = await server.call<{ token: string; event: { id: string }; chair: { number: number } }>(
    'POST',
    '/api/v1/pairings',
    { code },
    '',
  )
  const marks = Object.entries(works).map(([work, value], i) => ({
    mark_id: crypto.randomUUID(),
    event: paired.event.id,
    chair: paired.chair.number,
    work,
    aspect,
    value,
    version: 1,
    device_seq: i + 1,
  }))
  const { results } = await server.call<{ results: { status: number }[] }>(
    'POST',
    '/api/v1/marks',
    { marks },
    paired.token,
  )
  expect(results.map((r) => r.status)).toEqual(marks.map(() => 200))
}
