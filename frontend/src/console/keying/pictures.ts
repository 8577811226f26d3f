import { onScopeDispose, reactive } from 'vue'
import { fetchFile } from '../api'

/** How many pictures are kept: those about the hand, not a whole hall's. */
const MOST = 60

/** Cut cells, each fetched once; the next ones before they are asked for, so that Enter shows them at once. */
export function usePictures() {
  const urls = reactive(new Map<string, string>())
  const asked = new Set<string>()

  async function want(path: string): Promise<void> {
    if (asked.has(path)) return
    asked.add(path)
    try {
      urls.set(path, URL.createObjectURL(await fetchFile(path)))
      trim()
    } catch {
      asked.delete(path) // it is asked for again when somebody comes back
    }
  }

  function trim(): void {
    for (const [path, url] of urls) {
      if (urls.size <= MOST) return
      URL.revokeObjectURL(url)
      urls.delete(path)
      asked.delete(path)
    }
  }

  onScopeDispose(() => {
    for (const url of urls.values()) URL.revokeObjectURL(url)
  })
  return { urls, want }
}
