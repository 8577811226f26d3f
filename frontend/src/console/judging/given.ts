import { computed } from 'vue'
import { locale } from '@/shared/locale'
import { useEvent } from '../programme/event'
import { itemsOf, type Item } from '../programme/outline'

/** Says what was given under an aspect of the page's event, in the reader's language. */
export function useGiven(): (value: string, aspect?: string) => string {
  const { scheme } = useEvent()
  const items = computed(() => {
    const is = scheme.data.value?.is
    return is ? itemsOf(is.text, locale.value === 'en') : undefined
  })
  return (value, aspect = '') => givenWords(value, items.value?.get(aspect))
}

/** What a judge gave, as people say it: items by their names, readings one after the other. */
export function givenWords(value: string, items?: ReadonlyMap<string, Item>): string {
  return value
    .split(';')
    .map((part) => {
      const [id = '', amount = ''] = part.split('=')
      const item = items?.get(id)
      return item && amount ? `${item.name} ${item.isCounted ? '×' : '−'}${amount}` : part
    })
    .join(' / ')
}
