import { effectScope, nextTick, ref } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useDoing, useLoad } from './load'
import { Trouble } from './trouble'

const lost = () => new Trouble({ why: 'network' })
const settle = async () => {
  await Promise.resolve()
  await nextTick()
  await Promise.resolve()
}

describe('what a page loads', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('keeps the old data when a renewal fails, and says so beside them', async () => {
    const answers = [() => Promise.resolve('one'), () => Promise.reject(lost())]
    const scope = effectScope()
    const loaded = scope.run(() => useLoad(() => answers.shift()!()))!
    await settle()
    expect(loaded.data.value).toBe('one')
    await loaded.reload()
    expect(loaded.data.value).toBe('one')
    expect(loaded.trouble.value).toBeInstanceOf(Trouble)
    scope.stop()
  })

  it('counts the answer that was asked for last, whichever comes last', async () => {
    const q = ref('a')
    const open: Record<string, (v: string) => void> = {}
    const scope = effectScope()
    const loaded = scope.run(() =>
      useLoad(
        () => new Promise<string>((done) => (open[q.value] = done)),
        () => q.value,
      ),
    )!
    q.value = 'b'
    await nextTick()
    open.b!('for b')
    open.a!('for a, late')
    await settle()
    expect(loaded.data.value).toBe('for b')
    scope.stop()
  })

  it('renews every so often until the page is left', async () => {
    const load = vi.fn(() => Promise.resolve(0))
    const scope = effectScope()
    scope.run(() => useLoad(load, undefined, 1000))
    await settle()
    await vi.advanceTimersByTimeAsync(3000)
    expect(load).toHaveBeenCalledTimes(4)
    scope.stop()
    await vi.advanceTimersByTimeAsync(3000)
    expect(load).toHaveBeenCalledTimes(4)
  })
})

describe('what a person does', () => {
  it('is done once however often the button is pressed', async () => {
    const { run, busy } = useDoing()
    let end = () => {}
    const what = vi.fn(() => new Promise<void>((done) => (end = done)))
    const first = run(what)
    expect(busy.value).toBe(true)
    await expect(run(what)).resolves.toBe(false)
    end()
    await expect(first).resolves.toBe(true)
    expect(what).toHaveBeenCalledOnce()
  })

  it('keeps its trouble until the next try', async () => {
    const { run, trouble } = useDoing()
    await run(() => Promise.reject(lost()))
    expect(trouble.value?.words).toBeTruthy()
    await run(() => Promise.resolve())
    expect(trouble.value).toBeNull()
  })
})
