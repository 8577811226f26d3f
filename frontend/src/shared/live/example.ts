import type { Feed, Frame, Head, Row } from './frames'

// What the tests of the feed and of its readers have in common. The people are invented.

export const TOPIC = 'event/11111111-1111-4111-8111-111111111111/public'

const people = '梁志远 欧阳婷 何俊杰 黄思敏 刘建国 吴文斌 谢海峰 林晓彤 邓卫东 马小军 苏丽珍 蔡国强'.split(' ')

export function row(pos: number, more: Partial<Row> = {}): Row {
  return {
    k: `A${String(pos).padStart(3, '0')}`,
    pos,
    rank: pos,
    name: people[(pos - 1) % people.length],
    unit: '江城造船厂',
    total: (96 - pos).toFixed(2),
    parts: [(50 - pos).toFixed(2), '46.00'],
    done: 9,
    need: 9,
    status: 'competing',
    ...more,
  }
}

export function head(more: Partial<Head> = {}): Head {
  return {
    phase: 'running',
    frozen: false,
    sealed: false,
    release: 'live',
    entries: 3,
    done: 20,
    need: 27,
    columns: [
      { id: 'C1', name: '理论', max: '50' },
      { id: 'C2', name: '实操', max: '50' },
    ],
    event: {
      id: TOPIC.slice(6, 42),
      trade: '焊接',
      trade_en: 'Welding',
      contest: '江城市第五届职工技能大赛',
      kind: 'real',
    },
    ...more,
  }
}

export function snapshot(more: Partial<Frame> = {}): Frame {
  const rows = more.rows ?? [1, 2, 3].map((pos) => row(pos))
  return {
    topic: TOPIC,
    epoch: 1,
    from: 0,
    to: 10,
    ts: 1e12,
    snapshot: true,
    head: head({ entries: rows.length }),
    ...more,
    rows,
  }
}

export function frame(from: number, to: number, rows: Row[] = [], more: Partial<Frame> = {}): Frame {
  return { topic: TOPIC, epoch: 1, from, to, ts: 1e12 + to * 1000, rows, ...more }
}

export function feed(more: Partial<Feed> = {}): Feed {
  return { epoch: 1, n: 10, at: 1e12, head: head(), rows: [1, 2, 3].map((pos) => row(pos)), ...more }
}
