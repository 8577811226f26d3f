/** What a first view or a route costs, in kilobytes of gzip. */
export interface Row {
  what: string
  size: number
  limit: number
}

interface Chunk {
  file: string
  imports?: string[]
  dynamicImports?: string[]
  /** What it names by address: pictures, fonts, workers. */
  assets?: string[]
}

interface Page {
  limit: number
  /** First views by name, with the parts that each fetches besides the entry; the entry alone unless told. */
  views?: Record<string, string[]>
  /** Parts that no first view needs. */
  later?: string[]
  /** The limit of each part, where the parts are routes. */
  routes?: number
}

export function measure(
  manifest: Record<string, Chunk>,
  pages: Record<string, Page>,
  bytesOf: (file: string) => number,
): Row[]
