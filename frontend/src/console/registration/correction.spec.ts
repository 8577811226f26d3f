// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { correctionOf, textsOf } from './correction'
import type { View } from './wire'

const is = {
  name: '梁志远',
  id_number: '42*************123',
  phone: '138****1234',
  unit: { code: 'u1', name: '江城造船厂', credit_code: '' },
  employment: 'employee',
  skill: '3',
  skill_certificate: '1****9',
  city_years: 5,
  trade_years: 4,
  is_teacher: true,
  titles: ['市技术能手'],
  certificates: [
    { kind: '焊工证', until: '2030-01-31' },
    { kind: '健康证', until: '' },
  ],
} as unknown as View['registration']

describe('a correction by staff', () => {
  it('sends back what was declared, and no mask as a number', () => {
    const sent = correctionOf(textsOf(is), 3, true, '2026-1')
    expect(sent).toMatchObject({
      version: 3,
      name: '梁志远',
      id_number: '',
      phone: '',
      skill_certificate: '',
      unit_name: '江城造船厂',
      city_years: 5,
      titles: ['市技术能手'],
      certificates: [
        { kind: '焊工证', until: '2030-01-31' },
        { kind: '健康证', until: '' },
      ],
      promise: true,
      consent: { notice: '2026-1', sensitive: true },
    })
    expect(JSON.stringify(sent)).not.toContain('*')
  })

  it('says no consent where nobody said it, and leaves a wrong number to the server', () => {
    const texts = { ...textsOf(is), trade_years: '四', certificates: '焊工证：2030-01-31' }
    expect(correctionOf(texts, 1, false, '')).toMatchObject({
      trade_years: -1,
      certificates: [{ kind: '焊工证', until: '2030-01-31' }],
      consent: { notice: '', sensitive: false },
    })
  })
})
