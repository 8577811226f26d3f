import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { h, nextTick, ref, type VNodeChild } from 'vue'
import { show } from './dom'

afterEach(() => (document.body.innerHTML = ''))

function shown(render: () => VNodeChild): Element {
  const at = document.createElement('div')
  document.body.append(at)
  show({ render }, at)
  return at
}

describe('the board’s own document', () => {
  it('says false of a state, and leaves out what is false or missing', async () => {
    const on = ref<boolean | null>(false)
    const at = shown(() => h('button', { 'aria-pressed': on.value, disabled: on.value, title: on.value }))
    expect(at.innerHTML).toBe('<button aria-pressed="false"></button>')
    on.value = true
    await nextTick()
    expect(at.innerHTML).toBe('<button aria-pressed="true" disabled="true" title="true"></button>')
    on.value = null
    await nextTick()
    expect(at.innerHTML).toBe('<button></button>')
  })

  it('sets properties of style, and takes away what is no longer said', async () => {
    const style = ref<Record<string, string | number> | undefined>({ '--done': 0.5, 'max-width': '3rem' })
    const el = shown(() => h('i', { style: style.value })).firstElementChild as HTMLElement
    expect([el.style.getPropertyValue('--done'), el.style.maxWidth]).toEqual(['0.5', '3rem'])
    style.value = { '--done': 1 }
    await nextTick()
    expect([el.style.getPropertyValue('--done'), el.style.maxWidth]).toEqual(['1', ''])
    style.value = undefined
    await nextTick()
    expect(el.style.getPropertyValue('--done')).toBe('')
  })

  it('draws', () => {
    const at = shown(() => h('svg', { class: 'rule' }, [h('path', { d: 'M0 0' })]))
    expect(at.querySelector('path')?.namespaceURI).toBe('http://www.w3.org/2000/svg')
    expect(at.querySelector('svg')?.getAttribute('class')).toBe('rule')
  })

  it('does not write into a field what stands there already', async () => {
    const text = ref('')
    const field = shown(() => h('input', { value: text.value })).firstElementChild as HTMLInputElement
    const write = vi.fn()
    Object.defineProperty(field, 'value', { get: () => '焊工', set: write })
    text.value = '焊工'
    await nextTick()
    expect(write).not.toHaveBeenCalled()
    text.value = ''
    await nextTick()
    expect(write).toHaveBeenCalledExactlyOnceWith('')
  })

  it('keeps the elements of rows that change places', async () => {
    const rows = ref(['a', 'b', 'c'])
    const at = shown(() =>
      h(
        'ol',
        rows.value.map((k) => h('li', { key: k }, k)),
      ),
    )
    const [a, , c] = at.querySelectorAll('li')
    rows.value = ['c', 'a']
    await nextTick()
    expect([...at.querySelectorAll('li')]).toEqual([c, a])
  })

  it('hears what was said last, and nothing once it is taken away', async () => {
    const heard: string[] = []
    const act = ref<(() => void) | undefined>(() => heard.push('first'))
    const el = shown(() => h('button', { onClick: act.value })).firstElementChild as HTMLElement
    el.click()
    act.value = () => heard.push('second')
    await nextTick()
    el.click()
    act.value = undefined
    await nextTick()
    el.click()
    expect(heard).toEqual(['first', 'second'])
  })

  it('is deaf to the event that brought the listener about', async () => {
    const open = ref(false)
    const close = vi.fn(() => (open.value = false))
    const at = shown(() =>
      h('div', open.value ? { onClick: close } : {}, h('button', { onClick: () => (open.value = true) })),
    )
    // A browser lets Vue render between two listeners of one event; here the event is sent twice to the same end.
    const tap = new Event('click', { bubbles: true })
    at.querySelector('button')?.dispatchEvent(tap)
    await nextTick()
    at.firstElementChild?.dispatchEvent(tap)
    expect(close).not.toHaveBeenCalled()
    at.firstElementChild?.dispatchEvent(new Event('click'))
    expect(close).toHaveBeenCalledOnce()
  })
})

describe('the templates of the board', () => {
  const here = import.meta.dirname
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.vue'))
  const unknown =
    /v-html|v-text|v-model|v-show|v-bind=|<(Transition|KeepAlive|Teleport|Suspense)|@\w+\.|\sstyle="|:(inner-html|checked|selected)/

  it.each([...files, '../shared/SteelRule.vue'])('%s asks for nothing that dom.ts does not know', (name) => {
    const text = readFileSync(resolve(here, name), 'utf8')
    expect(text.slice(text.indexOf('<template>'), text.lastIndexOf('</template>'))).not.toMatch(unknown)
  })
})
