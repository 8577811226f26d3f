import type { Item } from '../programme/outline'

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
