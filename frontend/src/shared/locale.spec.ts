import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'

// The language is chosen when the module is read, so every case reads it anew.
async function fresh() {
  vi.resetModules()
  const locale = await import('./locale')
  const { shared_language } = await import('@/paraglide/messages/shared_language') // not all 700: each case reads anew
  return { ...locale, shared_language }
}

function browserSpeaks(...tags: string[]) {
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(tags)
}

beforeEach(() => {
  localStorage.clear()
  browserSpeaks('zh-CN')
})

describe('the language of a page', () => {
  it.each([
    { name: 'a Chinese browser', tags: ['zh-TW', 'en'], want: 'zh-CN' },
    { name: 'an English browser', tags: ['en-GB'], want: 'en' },
    { name: 'a browser whose language we lack, with English second', tags: ['fr', 'en-US'], want: 'en' },
    { name: 'a browser none of whose languages we have', tags: ['fr'], want: 'zh-CN' },
    { name: 'a browser that tells nothing', tags: [], want: 'zh-CN' },
  ])('$name', async ({ tags, want }) => {
    browserSpeaks(...tags)
    const { locale } = await fresh()
    expect(locale.value).toBe(want)
  })

  it('is the one chosen last on this device, whatever the browser speaks', async () => {
    const first = await fresh()
    first.speak('en')
    const second = await fresh()
    expect(second.locale.value).toBe('en')
  })

  it('is not taken from a store that holds rubbish', async () => {
    localStorage.setItem('jiangtai.locale', 'klingon')
    const { locale } = await fresh()
    expect(locale.value).toBe('zh-CN')
  })

  it('changes what stands on the page without reloading it', async () => {
    const { shared_language, speak } = await fresh()
    const page = mount(defineComponent({ render: () => h('p', shared_language()) }))
    expect(page.text()).toBe('语言')
    speak('en')
    await nextTick()
    expect(page.text()).toBe('Language')
    expect(document.documentElement.lang).toBe('en')
  })

  it('is marked on the document for screen readers', async () => {
    browserSpeaks('en')
    const { startLocale } = await fresh()
    startLocale()
    expect(document.documentElement.lang).toBe('en')
  })

  it('still works where the browser forbids storage', async () => {
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    const { locale, speak } = await fresh()
    expect(locale.value).toBe('zh-CN')
    speak('en')
    expect(locale.value).toBe('en')
  })
})
