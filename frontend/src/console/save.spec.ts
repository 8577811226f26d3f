// @vitest-environment node
import { expect, it } from 'vitest'
import { csv, newId } from './save'

it('writes CSV that spreadsheets read as UTF-8 and do not compute', () => {
  expect(
    csv([
      ['文件', 'a,b'],
      ['=1+1', 'say "x"'],
      ['two\nlines', '-3'],
    ]),
  ).toBe('\uFEFF文件,"a,b"\r\n\'=1+1,"say ""x"""\r\n"two\nlines",\'-3\r\n')
})

it('makes ids of version 4, each its own', () => {
  const ids = Array.from({ length: 50 }, newId)
  expect(new Set(ids).size).toBe(50)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
