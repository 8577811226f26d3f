// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { beforeAll, describe, expect, it } from 'vitest'
import { speak } from '@/shared/locale'
import type { SchemeChange, SchemeChanges, SchemeStep } from '../wire'
import SchemeDiff from './SchemeDiff.vue'
import { concernWord, fieldWord, keyWord, valueWord } from './diffwords'
import { grouped } from './schemediff'

const step = (sort: SchemeStep['sort'], id: string, code = '', zh = id): SchemeStep => ({
  sort,
  id,
  code,
  name: { zh },
})
const practical = step('component', 'practical', '', '实操')
const weld = step('criterion', 'weld', 'A', '焊缝')
const sub = step('sub', 'weld-1', 'A1', '外观')
const look = step('aspect', 'look', 'A1.1', '外观成形')
const safety = step('aspect', 'safety', 'A1.2', '安全')
const change = (of: Partial<SchemeChange> & { place: SchemeStep }): SchemeChange => ({
  kind: 'changed',
  path: [],
  field: '',
  before: [],
  after: [],
  again: [],
  touches: [],
  ...of,
})
const inSub = [practical, weld, sub]
const changes: SchemeChange[] = [
  change({
    place: step('scheme', ''),
    field: 'total',
    before: [{ zh: '100' }],
    after: [{ zh: '101' }],
    touches: ['total'],
  }),
  change({
    place: step('panel', 'judges', '', '评分裁判'),
    field: 'policy.kind',
    before: [{ zh: 'mean' }],
    after: [{ zh: 'median' }],
    again: ['A1.1'],
  }),
  change({ place: practical, field: 'weight', before: [{ zh: '0.7' }], after: [{ zh: '0.6' }], touches: ['total'] }),
  change({
    place: look,
    path: inSub,
    field: 'name',
    before: [{ zh: '外观' }],
    after: [{ zh: '外观成形', en: 'Look' }],
    again: ['A1.1'],
  }),
  change({ place: look, path: inSub, field: 'max', before: [{ zh: '10' }], after: [{ zh: '11' }], again: ['A1.1'] }),
  change({
    place: step('item', 'glove', '', '未戴手套'),
    path: [...inSub, safety],
    field: 'amount',
    before: [{ zh: '2' }],
    after: [{ zh: '3' }],
    again: ['A1.2'],
  }),
  change({
    kind: 'removed',
    place: step('aspect', 'old', 'A1.3', '旧项'),
    path: inSub,
    before: [{ zh: '5' }],
    touches: ['total'],
  }),
  change({
    kind: 'moved',
    place: step('prize', 'first', '', '一等奖'),
    before: [{ zh: '1' }],
    after: [{ zh: '2' }],
    touches: ['prizes'],
  }),
]

beforeAll(() => speak('zh-CN'))

describe('changes of a scheme', () => {
  it('stand by module, and in it by what they are about', () => {
    const groups = grouped(changes)
    expect(groups.map((g) => [g.of?.id ?? '', g.n, g.things.map((t) => t.place.id)])).toEqual([
      ['', 3, ['', 'judges', 'first']],
      ['practical', 1, ['practical']],
      ['weld', 4, ['look', 'glove', 'old']],
    ])
    const [about, item] = groups[2]!.things
    expect(about?.changes.map((c) => c.field)).toEqual(['name', 'max'])
    expect(about?.again).toEqual(['A1.1'])
    expect(item?.inside?.code).toBe('A1.2')
  })

  it('keep two items of one id in two aspects apart', () => {
    const glove = step('item', 'glove')
    const two = grouped([
      change({ place: glove, path: [...inSub, look], field: 'amount' }),
      change({ place: glove, path: [...inSub, safety], field: 'amount' }),
    ])
    expect(two[0]?.things).toHaveLength(2)
  })
})

describe('the words of a change', () => {
  it.each([
    ['max', '满分'],
    ['policy.kind', '合成办法 · 方式'],
    ['policy.high', '合成办法 · 去最高'],
    ['high', '上限'],
    ['rounding.component.places', '取舍 · 部分 · 小数位'],
    [
      'a.field.of.tomorrow',
      'a.field.of.tomorrow'
        .split('.')
        .map((p) => (p === 'of' ? '基数' : p))
        .join(' · '),
    ],
  ])('%s is called %s', (field, words) => expect(fieldWord(field)).toBe(words))

  it.each([
    ['kind', 'aspect', 'graded', '分档'],
    ['policy.kind', 'panel', 'trimmed', '去最高最低'],
    ['identity', 'criterion', 'coded', '评审号'],
    ['rounding.total.mode', 'scheme', 'half_up', '四舍五入'],
    ['required', 'aspect', 'false', '否'],
    ['unit', 'aspect', 'min', 'min'],
    ['name', 'aspect', 'total', 'total'],
  ])('of %s of a %s the value %s is %s', (field, sort, value, words) =>
    expect(valueWord(field, sort, value)).toBe(words),
  )

  it('name what a key looks at and what a change bears on', () => {
    expect(keyWord('criterion:work')).toBe('模块')
    expect(keyWord('firsts')).toBe('单项第一数')
    expect(concernWord('identity')).toBe('评判身份')
  })
})

describe('the list', () => {
  const diff: SchemeChanges = {
    from: 1,
    to: 2,
    changes,
    cost: { again: ['A1.1', 'A1.2'], new: 0, gone: 1, touches: ['total', 'prizes'] },
  }
  const text = (of: SchemeChanges) =>
    mount(SchemeDiff, { props: { diff: of } })
      .text()
      .replace(/\s+/g, ' ')

  it('says what it costs, and before and after side by side', () => {
    const page = mount(SchemeDiff, { props: { diff } })
    expect(page.findAll('thead th').map((h) => h.text())).toEqual(['项目', '第 1 版', '第 2 版'])
    expect(page.text()).toContain('2 个评分点要重新打分')
    expect(page.text()).toContain('删除 1 个评分点')
    expect(page.text()).toContain('影响：总分、奖项')
    const rows = page.findAll('tbody tr:not(.group):not(.thing)').map((r) => r.findAll('td').map((c) => c.text()))
    expect(rows).toEqual([
      ['总分', '100', '101'],
      ['合成办法 · 方式', '取平均', '取中位数'],
      ['移动', '第 1 位', '第 2 位'],
      ['权重', '0.7', '0.6'],
      ['名称', '外观', '外观成形 / Look'],
      ['满分', '10', '11'],
      ['扣分', '2', '3'],
      ['删除', '5', '—'],
    ])
    expect(page.findAll('.thing .tag').map((t) => t.text())).toEqual(['重新打分：A1.1', '重新打分', '重新打分'])
  })

  it('says when all marks stay, and when nothing differs', () => {
    const cost = { again: [], new: 0, gone: 0, touches: [] }
    expect(text({ from: 1, to: 0, changes: changes.slice(0, 1), cost })).toContain('已有评分全部沿用')
    expect(text({ from: 1, to: 0, changes: [], cost })).toBe('与最新一版没有差别。')
    expect(text({ from: 2, to: 1, changes: [], cost })).toBe('两版没有差别。')
  })
})
