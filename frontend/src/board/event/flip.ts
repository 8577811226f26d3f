/** Rows that moved glide from where they stood. Call the first before the change and what it returns after it. */
export function flip(list: HTMLElement | null): () => void {
  if (!list || matchMedia('(prefers-reduced-motion: reduce)').matches) return () => undefined
  const was = new Map<Element, number>()
  for (const row of list.children) was.set(row, (row as HTMLElement).offsetTop)
  return () => {
    const height = innerHeight
    for (const row of list.children) {
      const by = (was.get(row) ?? NaN) - (row as HTMLElement).offsetTop
      // What moves from one place out of sight to another need not move at all.
      if (by && Math.abs(by) < height * 2) {
        row.animate([{ transform: `translateY(${by}px)` }, { transform: 'none' }], {
          duration: 360,
          easing: 'ease-out',
        })
      }
    }
  }
}
