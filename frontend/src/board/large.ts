import { shallowRef } from 'vue'
import { keep, recall } from './kept'

const KEY = 'jiangtai.large'

/** 大字: everything a quarter larger. */
export const large = shallowRef(recall(KEY) === '1')

export function setLarge(on: boolean): void {
  large.value = on
  keep(KEY, on ? '1' : '')
  document.documentElement.classList.toggle('large', on)
}
