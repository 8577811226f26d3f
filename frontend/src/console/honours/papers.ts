import { sendFile } from '../api'
import type { Paper } from './wire'

/** Keeps a scan with a nomination; the same one twice is one. */
export async function keep(nomination: string, file: File): Promise<Paper> {
  const query = new URLSearchParams({ nomination, name: file.name })
  const { file: kept } = await sendFile<{ file: Paper }>(
    'POST',
    `/honours/files?${query}`,
    file,
    'application/octet-stream',
  )
  return kept
}
