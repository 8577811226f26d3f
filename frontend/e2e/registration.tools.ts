/** What the tests of registration share: invented people with valid check digits, terms, and a contest that takes them. */
import { packed, zip } from './console.tools'
import type { Server } from './server'

/** A valid ID number of an invented person, born 1990 to 1999; the region 990x of GB/T 2260 is nobody's city. */
export function idNumber(n: number): string {
  const first = `4201${String(10 + (n % 80)).padStart(2, '0')}199${n % 10}0${1 + (n % 9)}1${n % 10}${String(100 + n).padStart(3, '0')}`
  let sum = 0
  let weight = 1
  for (let i = 16; i >= 0; i--) {
    weight = (weight * 2) % 11
    sum += Number(first[i]) * weight
  }
  return first + ('10X98765432'[sum % 11] ?? '')
}

export const phone = (n: number) => `1380000${String(1000 + n)}`

const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString()

export function terms(change: object = {}): object {
  return {
    opens_at: day(-1),
    closes_at: day(10),
    correct_until: day(12),
    is_public: true,
    ladder: ['host', 'office'],
    events_per_person: 1,
    per_unit: 3,
    notice: {
      version: '2026-1',
      text: '我们用您填写的信息审核参赛资格、组织比赛和办理保险。\n证件号码加密保存，页面只显示掩码。',
    },
    rules: [
      { rule: 'trade_years', min: 2 },
      { rule: 'age', min: 18, max: 60, on: day(10).slice(0, 10) },
      { rule: 'not_teacher' },
      { rule: 'certificates', values: ['焊工证'], on: day(10).slice(0, 10) },
      { rule: 'barred_titles', values: ['全国劳动模范'] },
      { rule: 'city_years', min: 1, warns: true },
    ],
    ...change,
  }
}

export interface Fair {
  contest: string
  events: Record<string, string>
}

/** Imports the example contest and opens its registration. */
export async function fair(server: Server): Promise<Fair> {
  const made = await server.call<{ contest: { id: string } }>('POST', '/api/v1/packages', new Uint8Array(packed()))
  const contest = made.contest.id
  const { events } = await server.call<{ events: { id: string; code: string }[] }>(
    'GET',
    `/api/v1/contests/${contest}/events`,
  )
  await server.call('PUT', `/api/v1/contests/${contest}/registration-terms`, { terms: terms(), reason: '' })
  return { contest, events: Object.fromEntries(events.map((e) => [e.code, e.id])) }
}

/** An application without faults of the n-th person. */
export function draft(n: number, change: object = {}): object {
  return {
    name: ['梁志远', '曾小雨', '欧阳安', '单春生', '查秋月', '解文海'][n % 6] ?? '梁志远',
    id_number: idNumber(n),
    phone: phone(n),
    unit_name: `江城第${n}厂`,
    employment: 'employee',
    skill: '3',
    city_years: 5,
    trade_years: 4,
    certificates: [{ kind: '焊工证', until: '2030-01-31' }],
    promise: true,
    consent: { notice: '2026-1', sensitive: true },
    ...change,
  }
}

/** An account that may do `role` in one event or the whole contest, signed in. */
export async function person(
  server: Server,
  user: string,
  grants: object[],
): Promise<{ user: string; password: string; token: string }> {
  const made = await server.call<{ account: { id: string }; password: string }>('POST', '/api/v1/accounts', {
    user,
    name: `${user}（虚构）`,
    grants,
  })
  const first = await server.call<{ token: string }>('POST', '/api/v1/sessions', { user, password: made.password }, '')
  const password = `lantern-${user}-2026`
  await server.call('PUT', '/api/v1/accounts/current/password', { old: made.password, new: password }, first.token)
  const { token } = await server.call<{ token: string }>('POST', '/api/v1/sessions', { user, password }, '')
  return { user, password, token }
}

/** A plain workbook of one sheet, every cell a text. */
export function workbook(sheet: string, rows: string[][]): Buffer {
  const safe = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const name = (column: number) => String.fromCharCode(65 + column)
  const cells = (row: string[], r: number) =>
    row.map((text, c) => `<c r="${name(c)}${r + 1}" t="inlineStr"><is><t>${safe(text)}</t></is></c>`).join('')
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const links = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const packs = 'http://schemas.openxmlformats.org/package/2006/relationships'
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const files: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packs}"><Relationship Id="rId1" Type="${links}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${links}"><sheets><sheet name="${sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packs}"><Relationship Id="rId1" Type="${links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${rows.map((row, r) => `<row r="${r + 1}">${cells(row, r)}</row>`).join('')}</sheetData></worksheet>`,
  }
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
  return zip(Object.entries(files).map(([path, text]) => ({ name: path, body: Buffer.from(head + text) })))
}

/** The columns of the sheet of applications, in its order. */
export const sheetHead = [
  ...['姓名', '证件号码', '手机号', '单位代码', '单位名称', '统一社会信用代码', '用工形式', '技能等级', '技能证书编号'],
  ...[
    '在本市工作年限',
    '从事本工种年限',
    '是否院校教师',
    '已获荣誉称号',
    '持有证件',
    '民族',
    '政治面貌',
    '学历',
    '岗位',
  ],
  ...['单位性质', '县区或产业工会', '本人已承诺', '本人已同意个人信息告知书', '单位意见', '工会意见'],
]

/** A row of it without faults; what is not named is empty. */
export function sheetRow(n: number, name: string, change: Record<string, string> = {}): string[] {
  const cells: Record<string, string> = {
    姓名: name,
    证件号码: idNumber(n),
    手机号: phone(n),
    单位名称: '江城第九厂',
    在本市工作年限: '5',
    从事本工种年限: '4',
    持有证件: '焊工证:2030-01-31',
    本人已承诺: '是',
    本人已同意个人信息告知书: '是',
    ...change,
  }
  return sheetHead.map((title) => cells[title] ?? '')
}
