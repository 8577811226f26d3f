import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { checks, checkNames, stateWords, type State } from '@/shared/checks'
import { speak } from '@/shared/locale'
import { median, spell, spellBytes, verdictOf, type Line } from './line'
import * as probes from './probes'
import { lineWords } from './words'

const as = (state: State): Line => ({ check: 'server', state, detail: '' })

afterEach(() => vi.unstubAllGlobals())

describe('figures', () => {
  it.each([
    [0.4, '0 ms'],
    [13.2, '13 ms'],
    [999.9, '1000 ms'],
    [1500, '1.5 s'],
    [119_000, '119.0 s'],
  ])('of a span: %s', (ms, words) => expect(spell(ms)).toBe(words))

  it.each([
    [40, '0.0 s'],
    [-49, '0.0 s'],
    [2400, '+2.4 s'],
    [-2400, '−2.4 s'],
    [3 * 3_600_000, '+3 h'],
    [-400 * 86_400_000, '−400 d'],
    [3 * 365 * 86_400_000, '+3 a'],
  ])('of a difference: %s', (ms, words) => expect(spell(ms, true)).toBe(words))

  it('of space and of several tries', () => {
    expect(spellBytes(3.24e9)).toBe('3.2 GB')
    expect(spellBytes(49_999_999)).toBe('49 MB')
    expect(median([9, 1, 5])).toBe(5)
  })
})

describe('the verdict', () => {
  it('is the worst of all; what is not told holds nobody up', () => {
    expect(verdictOf([as('ok'), as('untold')])).toBe('ok')
    expect(verdictOf([as('ok'), as('attention')])).toBe('attention')
    expect(verdictOf([as('attention'), as('fail')])).toBe('fail')
  })
})

describe('words', () => {
  it('are there for every outcome of every check, in both languages', () => {
    // What the probes can give, by reading them; everything else would show a bare figure.
    const outcomes: Record<string, State[]> = {
      secure: ['ok', 'fail'],
      storage: ['ok', 'attention', 'fail'],
      persist: ['ok', 'attention'],
      quota: ['ok', 'attention', 'fail'],
      offline: ['ok', 'fail'],
      server: ['ok', 'attention', 'fail'],
      browser: ['ok', 'attention', 'fail'],
      screen: ['ok', 'attention'],
      touch: ['ok', 'attention'],
      clock: ['ok', 'attention', 'untold'],
      battery: ['ok', 'attention', 'fail', 'untold'],
      camera: ['ok', 'attention', 'untold'],
    }
    for (const language of ['zh-CN', 'en'] as const) {
      speak(language)
      for (const check of checks) {
        expect(checkNames[check]()).not.toBe('')
        for (const state of outcomes[check]!) {
          expect(lineWords({ check, state, detail: '@' }), `${check} ${state}`).not.toBe('@')
          expect(stateWords[state]()).not.toBe('')
        }
      }
      expect(lineWords({ check: 'battery', state: 'ok', detail: '80%', way: 'charging' })).toContain('80%')
    }
  })
})

describe('probes', () => {
  it('a write that is on the disk is timed; nothing of it stays', async () => {
    const line = await probes.storage()
    expect(line.state).toBe('ok')
    expect(line.detail).toMatch(/^\d+ ms$/)
    expect((await indexedDB.databases()).map((d) => d.name)).not.toContain('jiangtai-check')
  })

  it('a store that does not open fails', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('private browsing', 'SecurityError')
      },
    })
    expect(await probes.storage()).toMatchObject({ state: 'fail' })
  })

  it.each([
    [1, true, 'ok'],
    [0.05, true, 'ok'],
    [0.5, false, 'ok'],
    [0.49, false, 'attention'],
    [0.19, false, 'fail'],
  ])('a battery of %s, charging %s, is %s', async (level, charging, state) => {
    vi.stubGlobal('navigator', { getBattery: () => Promise.resolve({ level, charging }) })
    expect((await probes.battery()).state).toBe(state)
  })

  it('a battery that is not told is not told', async () => {
    vi.stubGlobal('navigator', {})
    expect((await probes.battery()).state).toBe('untold')
    vi.stubGlobal('navigator', { getBattery: () => Promise.reject(new Error('policy')) })
    expect((await probes.battery()).state).toBe('untold')
  })

  it.each([
    [1e9, 0, 'ok'],
    [250e6, 100e6, 'attention'],
    [100e6, 90e6, 'fail'],
    [100e6, 200e6, 'fail'],
  ])('of %s bytes %s are used: %s', async (quota, usage, state) => {
    vi.stubGlobal('navigator', { storage: { estimate: () => Promise.resolve({ quota, usage }) } })
    expect((await probes.quota()).state).toBe(state)
  })

  it('room that is not told is tried', async () => {
    vi.stubGlobal('navigator', { storage: {} })
    expect(await probes.quota()).toMatchObject({ state: 'ok', detail: '> 20 MB' })
  })

  it('a promise to keep is asked for, and a browser that cannot promise wants a look', async () => {
    const persist = vi.fn(() => Promise.resolve(true))
    vi.stubGlobal('navigator', { storage: { persisted: () => Promise.resolve(false), persist } })
    expect((await probes.persist()).state).toBe('ok')
    expect(persist).toHaveBeenCalledOnce()
    vi.stubGlobal('navigator', {})
    expect((await probes.persist()).state).toBe('attention')
  })

  it('without service workers nothing works offline', async () => {
    vi.stubGlobal('navigator', {})
    expect((await probes.offline(10)).state).toBe('fail')
  })

  it('the server and its clock come from the same exchanges', () => {
    expect(probes.server({ trips: [], ahead: null }).state).toBe('fail')
    expect(probes.server({ trips: [8, 900, 12], ahead: 0 })).toMatchObject({ state: 'ok', detail: '12 ms' })
    expect(probes.server({ trips: [700], ahead: 0 }).state).toBe('attention')
    expect(probes.clock({ trips: [1], ahead: null }).state).toBe('untold')
    expect(probes.clock({ trips: [1], ahead: -299_000 }).state).toBe('ok')
    expect(probes.clock({ trips: [1], ahead: 301_000 }).state).toBe('attention')
  })

  it('somebody else who answers is not our server', async () => {
    const portal = () =>
      Promise.resolve(new Response('<html>login</html>', { headers: { 'Content-Type': 'text/html' } }))
    vi.stubGlobal('fetch', portal)
    expect((await probes.exchange()).trips).toEqual([])
  })

  it('what is lacking is named', () => {
    expect(probes.lacking({ a: true, b: false, c: false })).toEqual(['b', 'c'])
  })

  it.each([
    [
      'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
      'Chrome 120',
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 15_6 like Mac OS X) AppleWebKit/605.1.15 Version/15.6 Mobile/15E148 Safari/604.1',
      'Safari 15.6',
    ],
    ['Mozilla/5.0 (Windows NT 10.0) Chrome/121.0.0.0 Safari/537.36 Edg/121.0.0.0', 'Edge 121'],
    ['curl/8', '?'],
  ])('%s is %s', (agent, name) => expect(probes.nameOf(agent)).toBe(name))
})
