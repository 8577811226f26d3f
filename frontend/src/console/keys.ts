import { onBeforeUnmount, onMounted, type Ref } from 'vue'

/** Keys that do something on a page while nobody is typing. Names are KeyboardEvent.key. */
export function useKeys(keys: Record<string, (event: KeyboardEvent) => void>): void {
  function press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return
    if (document.querySelector('[aria-modal="true"]')) return
    const what = keys[event.key]
    if (!what) return
    event.preventDefault()
    what(event)
  }
  onMounted(() => addEventListener('keydown', press))
  onBeforeUnmount(() => removeEventListener('keydown', press))
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

/** "/" goes to the search, j and k go down and up the rows marked data-row; Enter follows the link that has the focus. */
export function useListKeys(box: Readonly<Ref<HTMLElement | null>>): void {
  function step(by: number): void {
    const rows = [...(box.value?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
    const at = rows.findIndex((row) => row === document.activeElement)
    const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
  }
  useKeys({
    '/': () => box.value?.querySelector<HTMLInputElement>('input[type=search]')?.focus(),
    j: () => step(1),
    k: () => step(-1),
  })
}
