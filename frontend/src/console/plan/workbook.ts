import { locale } from '@/shared/locale'
import { asTrouble } from '../trouble'
import { Trouble } from '../api'

/** The media type of .xlsx. */
export const mediaWorkbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Sends a workbook and gives the one that comes back, with its faults written into it. */
export async function annotated(path: string, body: Blob): Promise<Blob> {
  try {
    const answer = await fetch(`/api/v1${path}`, {
      method: 'POST',
      body,
      headers: { 'X-Jiangtai': '1', 'Content-Type': mediaWorkbook, 'Accept-Language': locale.value },
    })
    if (answer.ok) return await answer.blob()
    throw new Trouble(await answer.json())
  } catch (thrown) {
    throw thrown instanceof Trouble ? asTrouble(thrown) : new Trouble({ why: 'network' })
  }
}
