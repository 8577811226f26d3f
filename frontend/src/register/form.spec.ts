// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { draftOf, formOf } from './form'
import { plain } from './held'
import type { Call, View } from './wire'

const call = {
  notice: { version: '2026-1', text: '告知' },
  rules: [
    { rule: 'barred_titles', values: ['全国劳动模范'] },
    { rule: 'certificates', values: ['焊工证'] },
  ],
} as unknown as Call

describe('the form of a person', () => {
  it('agrees to nothing by itself and sends what was filled in', () => {
    const form = formOf(call)
    expect(draftOf(form, call)).toMatchObject({
      promise: false,
      consent: { notice: '', sensitive: false },
      city_years: 0,
    })
    form.agreed = form.promise = true
    form.text.trade_years = ' 4 '
    form.text.city_years = '三'
    form.held = ['全国劳动模范']
    form.titles = ' 市技术能手 \n\n'
    const named = form.certificates[0]
    if (named) named.isHeld = true
    form.certificates.push({ kind: ' 健康证 ', until: '2030-01-31', isNamed: false, isHeld: true })
    form.certificates.push({ kind: ' ', until: '', isNamed: false, isHeld: true })
    expect(draftOf(form, call)).toMatchObject({
      consent: { notice: '2026-1', sensitive: true },
      trade_years: 4,
      city_years: -1, // the server says what is wrong with it
      titles: ['全国劳动模范', '市技术能手'],
      certificates: [
        { kind: '焊工证', until: '' },
        { kind: '健康证', until: '2030-01-31' },
      ],
    })
  })

  it('of a correction holds what was declared, no numbers, and no consent', () => {
    const was = {
      name: '梁志远',
      id_number: '42*************123',
      phone: '138****1234',
      unit: { code: 'u1', name: '江城造船厂', credit_code: '' },
      skill: '3',
      skill_certificate: '1****9',
      city_years: 6,
      titles: ['市技术能手', '全国劳动模范'],
      certificates: [{ kind: '健康证', until: '' }],
    } as unknown as View['registration']
    const form = formOf(call, was)
    expect(form.text).toMatchObject({
      name: '梁志远',
      id_number: '',
      phone: '',
      skill_certificate: '',
      city_years: '6',
    })
    expect(form.held).toEqual(['全国劳动模范'])
    expect(form.titles).toBe('市技术能手')
    expect(form.certificates).toEqual([
      { kind: '焊工证', until: '', isNamed: true, isHeld: false },
      { kind: '健康证', until: '', isNamed: false, isHeld: true },
    ])
    expect(form.agreed || form.promise).toBe(false)
  })

  it('reads a receipt as people type it', () => {
    expect(plain(' ab12-ＣＤ34 ')).toBe('ab12CD34')
    expect(plain('不对')).toBe('0')
  })
})
