import { shallowRef } from 'vue'

/** One sentence about what was done, perhaps with a way back. */
export interface Toast {
  id: number
  words: string
  undo?: () => unknown
}

export const toasts = shallowRef<Toast[]>([])
let last = 0

/** Says it for some seconds; longer when it can be undone. */
export function tell(words: string, undo?: () => unknown): void {
  const toast: Toast = { id: ++last, words, undo }
  toasts.value = [...toasts.value.slice(-2), toast]
  setTimeout(() => dismiss(toast.id), undo ? 12_000 : 5000)
}

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((t) => t.id !== id)
}
