import { shallowRef } from 'vue'

const STORE_KEY = 'jiangtai.large'

/** 大字: everything a quarter larger, for the judge who left his glasses in the car. */
export const large = shallowRef(kept())

export function setLarge(on: boolean): void {
  large.value = on
  document.documentElement.classList.toggle('large', on)
  try {
    localStorage.setItem(STORE_KEY, on ? '1' : '')
  } catch {
    // storage is blocked: the choice holds for this visit
  }
}

function kept(): boolean {
  try {
    return localStorage.getItem(STORE_KEY) === '1'
  } catch {
    return false
  }
}
