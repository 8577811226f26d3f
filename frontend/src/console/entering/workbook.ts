import { locale } from '@/shared/locale'
import { isProblem } from '@/shared/http'
import { dataOf } from '../trouble'

/** Sends a workbook and gets it home with its faults written into it. */
export async function annotated(path: string, file: Blob, type: string): Promise<Blob> {
  const answer = await fetch(`/api/v1${path}`, {
    method: 'POST',
    headers: { 'X-Jiangtai': '1', 'Content-Type': type, 'Accept-Language': locale.value },
    body: file,
  }).catch(() => null)
  if (!answer) return dataOf<Blob>({ kind: 'nothing', why: 'network' })
  if (answer.ok) return answer.blob()
  const body: unknown = await answer.json().catch(() => null)
  return dataOf<Blob>(isProblem(body) ? { kind: 'problem', problem: body } : { kind: 'nothing', why: 'foreign' })
}
