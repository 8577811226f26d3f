/** What a page or a route costs at its first load, in kilobytes of gzip. */
export interface Row {
  what: string
  size: number
  limit: number
}

interface Chunk {
  file: string
  imports?: string[]
  dynamicImports?: string[]
  isDynamicEntry?: boolean
}

export function measure(
  manifest: Record<string, Chunk>,
  budget: { pages: Record<string, number>; route?: number },
  bytesOf: (file: string) => number,
): Row[]
