import type { PackageFault } from '../wire'

/** A fault with its place taken apart: "entries.csv:12:3" or "schemes/welder.json#/components/0/max". */
export interface PlacedFault {
  file: string
  line: number
  column: number
  /** The JSON pointer, where the file is JSON. */
  pointer: string
  code: string
  hint: string
}

export interface FileFaults {
  file: string
  faults: PlacedFault[]
}

/** Takes a fault's place apart; a path without a line stands for the file as a whole. */
export function placed(fault: PackageFault): PlacedFault {
  const hash = fault.path.indexOf('#')
  const pointer = hash < 0 ? '' : fault.path.slice(hash + 1)
  const rest = hash < 0 ? fault.path : fault.path.slice(0, hash)
  const place = /^(.*?):(\d+)(?::(\d+))?$/.exec(rest)
  return {
    file: place?.[1] ?? rest,
    line: Number(place?.[2] ?? 0),
    column: Number(place?.[3] ?? 0),
    pointer,
    code: fault.code,
    hint: fault.hint ?? '',
  }
}

/** Faults by file, files by name, places in the order in which one would mend them. */
export function byFile(faults: readonly PackageFault[]): FileFaults[] {
  const files = new Map<string, PlacedFault[]>()
  for (const fault of faults.map(placed)) {
    const list = files.get(fault.file)
    if (list) list.push(fault)
    else files.set(fault.file, [fault])
  }
  return [...files]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([file, list]) => ({
      file,
      faults: list.sort((a, b) => a.line - b.line || a.column - b.column || a.pointer.localeCompare(b.pointer)),
    }))
}

/** The place inside its file as people say it. */
export function placeOf(f: PlacedFault, words: { line: string; column: string }): string {
  if (f.pointer) return f.pointer
  const parts = [f.line ? `${words.line} ${f.line}` : '', f.column ? `${words.column} ${f.column}` : '']
  return parts.filter(Boolean).join(' ')
}
