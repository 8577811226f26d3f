import type { Bundle, Pad } from '../src/tablet/bundle'

// An invented welding event, one aspect of every kind that a judge meets.

const pad = (p: Partial<Pad> & Pick<Pad, 'id' | 'code' | 'name' | 'kind'>): Pad => ({
  required: true,
  attempts: 1,
  places: 6,
  ...p,
})

const yesNo = (id: string, code: string, name: string, max: string): Pad =>
  pad({
    id,
    code,
    name,
    kind: 'yes_no',
    max,
    options: [
      { value: '1', label: 'yes', mark: max },
      { value: '0', label: 'no', mark: '0' },
    ],
  })

const level = (value: number, text: string, mark: string) => ({
  value: String(value),
  label: String(value),
  text,
  mark,
})

export const aspects: Record<string, Pad[]> = {
  A1: [
    yesNo('ppe', 'A1.1', '工作服、面罩、手套、绝缘鞋穿戴齐全', '2'),
    yesNo('check', 'A1.2', '开机前检查焊机接地、电缆绝缘与气路密封', '2'),
    pad({
      id: 'tidy',
      code: 'A1.3',
      name: '工位整理：工具、焊条头、飞溅未归位之处',
      kind: 'counted',
      max: '2',
      per: '0.5',
      step: '1',
      min: '0',
      places: 0,
    }),
  ],
  C1: [
    yesNo('clean', 'C1.1', '打底焊道表面无裂纹、夹渣、气孔', '3'),
    pad({
      id: 'height',
      code: 'C1.2',
      name: '焊缝余高',
      text: '用焊接检验尺量三处，取最大值。',
      kind: 'graded',
      max: '4',
      unit: 'mm',
      min: '0',
      high: '10',
      readings: { count: 3, take: 'max' },
      bands: [
        { hi: '1', mark: '4' },
        { hi: '2', mark: '3' },
        { hi: '3', mark: '1' },
      ],
    }),
  ],
  C2: [
    yesNo('surface', 'C2.1', '焊缝表面无裂纹、夹渣、气孔', '3'),
    pad({
      id: 'reinforce',
      code: 'C2.2',
      name: '盖面焊缝余高',
      kind: 'limits',
      max: '2',
      unit: 'mm',
      min: '0',
      high: '8',
      step: '0.1',
      places: 1,
      bands: [{ lo: '0', hi: '2', mark: '2' }],
    }),
    pad({
      id: 'wave',
      code: 'C2.3',
      name: '焊波均匀度与接头平顺',
      kind: 'judgement',
      each: true,
      max: '4',
      options: [
        level(0, '焊波紊乱，接头脱节或堆高明显，低于行业标准，或者没有完成', '0'),
        level(1, '焊波基本均匀，接头处有轻微高低差，达到行业标准的要求', '4/3'),
        level(2, '焊波均匀，接头平顺，个别处可见收弧痕迹，部分超过行业标准', '8/3'),
        level(3, '焊波细密均匀一致，接头难以分辨，整体优秀，完全超过行业标准', '4'),
      ],
    }),
    pad({
      id: 'width',
      code: 'C2.4',
      name: '焊缝宽度差',
      kind: 'limits',
      max: '3',
      unit: 'mm',
      min: '0',
      high: '20',
      step: '0.1',
      places: 1,
      bands: [{ hi: '2', mark: '3' }],
    }),
  ],
  D1: [
    pad({
      id: 'undercut',
      code: 'D1.1',
      name: '咬边',
      kind: 'table',
      max: '20',
      min: '0',
      high: '400',
      inputs: [
        { id: 'depth', name: '深度', unit: 'mm' },
        { id: 'length', name: '累计长度', unit: 'mm' },
      ],
      rows: [
        {
          when: [
            { lo: '0', hi: '0' },
            { lo: '0', hi: '0' },
          ],
          mark: '20',
        },
        { when: [{ hi: '0.5' }, { hi: '15' }], mark: '14' },
        { when: [{ hi: '0.5' }, { hi: '30' }], mark: '8' },
      ],
    }),
    pad({
      id: 'skill',
      code: 'D1.2',
      name: '操作姿势与运条手法',
      kind: 'grades',
      max: '10',
      free: true,
      step: '0.1',
      places: 1,
      min: '0',
      high: '10',
      ranges: [
        { value: 'a', label: '优', from: '9', to: '10', text_en: 'Excellent' },
        { value: 'b', label: '良', from: '8', to: '8.9', text_en: 'Good' },
        { value: 'c', label: '中', from: '6', to: '7.9', text_en: 'Fair' },
        { value: 'd', label: '差', from: '0', to: '5.9', text_en: 'Poor' },
      ],
    }),
    pad({
      id: 'whole',
      code: 'D1.3',
      name: '整体印象',
      kind: 'panel',
      each: true,
      max: '10',
      free: true,
      min: '0',
      high: '10',
      step: '0.25',
      places: 2,
    }),
  ],
  E1: [
    pad({
      id: 'faults',
      code: 'E1.1',
      name: '焊后处理',
      kind: 'deductions',
      max: '10',
      items: [
        { id: 'spatter', name: '飞溅未清理干净', amount: '1', cap: '3' },
        { id: 'slag', name: '熔渣残留', amount: '2' },
        { id: 'dent', name: '锤击伤痕，按轻重扣分', from: '0.5', to: '4', step: '0.5' },
      ],
    }),
    pad({
      id: 'clock',
      code: 'E1.2',
      name: '净用时',
      kind: 'time',
      max: '5',
      unit: 's',
      min: '0',
      linear: { limit: '5400', best: '3600' },
    }),
    pad({
      id: 'press',
      code: 'E1.3',
      name: '水压试验保压',
      kind: 'limits',
      max: '4',
      unit: 'MPa',
      min: '0',
      high: '10',
      attempts: 2,
      bands: [{ lo: '4.8', mark: '4' }],
    }),
  ],
  V1: [
    pad({
      id: 'crack',
      code: 'V1.1',
      name: '任何裂纹（外观记 0 分）',
      kind: 'gate',
      required: false,
      options: [
        { value: '0', label: 'none', mark: '0' },
        { value: '1', label: 'found', mark: '0' },
      ],
    }),
    pad({
      id: 'rules',
      code: 'V1.2',
      name: '违规记录',
      kind: 'penalty',
      required: false,
      max: '0',
      cap: '10',
      items: [
        { id: 'late', name: '超时后继续操作', amount: '2', counted: true },
        { id: 'fire', name: '未经许可动火', counted: true, voids: 'entry' },
      ],
    }),
  ],
}

export function bundle(): Bundle {
  // A copy: a test that changes its bundle changes nobody else's.
  const sub = (id: string, name: string) => ({ id, name, code: id, aspects: structuredClone(aspects[id] ?? []) })
  return {
    event: {
      id: '0190a000-0000-7000-8000-000000000001',
      trade: '焊工',
      trade_en: 'Welding',
      stage: 'final',
      group: '职工组',
      version: 1,
      phase: 'running',
      kind: 'real',
    },
    chair: { number: 3, panel: 'looks', panel_name: '外观评分组', seat: 2, judge: '周敏', chief: false },
    sheets: [
      {
        criterion: { id: 'A', name: '安全与准备', code: 'A', max: '6', identity: 'coded' },
        subs: [sub('A1', '劳动防护')],
      },
      {
        criterion: { id: 'C', name: '焊缝外观', code: 'C', max: '19', identity: 'coded' },
        subs: [sub('C1', '打底焊缝'), sub('C2', '盖面焊缝')],
      },
      {
        criterion: { id: 'D', name: '质量与手法', code: 'D', max: '40', identity: 'coded' },
        subs: [sub('D1', '咬边与手法')],
      },
      {
        criterion: { id: 'E', name: '焊后与用时', code: 'E', max: '19', identity: 'coded' },
        subs: [sub('E1', '处理、用时、试压')],
      },
      { criterion: { id: 'V', name: '否决与违规', code: 'V', identity: 'coded' }, subs: [sub('V1', '否决与违规')] },
    ],
    works: ['417A', '023C', '588K', '102P', '765M', '331Y', '940B', '256S', '874R', '619J', '480E', '097H'].map(
      (work, i) => ({
        work,
        identity: 'coded' as const,
        criteria: ['A', 'C', 'D', 'E', 'V'],
        status: i === 5 ? 'dns' : 'competing',
      }),
    ),
    marks: [],
    finished: [],
  }
}
