import type { Item, Session } from './store'

/** The commands that are not on the server as a file: what is left when tablet and network both give up. */
export function unsentFile(items: readonly Item[], session: Session | null, at: Date): { name: string; text: string } {
  const marks = items.map(({ tries: _tries, covered: _covered, ...rest }) => rest)
  const chair = session && { event: session.event.id, number: session.chair.number, device: session.device }
  const stamp = at.toISOString().slice(0, 16).replace(/[-:]/g, '')
  return {
    name: `jiangtai-marks-${chair ? `${chair.number}-` : ''}${stamp}.json`,
    text: JSON.stringify(
      { format: 'jiangtai-unsent-marks', version: 1, written_at: at.toISOString(), chair, marks },
      null,
      2,
    ),
  }
}

/** Offers the file to the device's own downloads. */
export function exportUnsent(items: readonly Item[], session: Session | null): void {
  const { name, text } = unsentFile(items, session, new Date())
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
