import type { Database } from './store'

/** Carries what one queue holds as far as it goes; called again later, so it gives up at the first silence. */
export type Errand = () => Promise<unknown>

/**
 * What follows the marks to the server: photographs, signatures, calls. The queues belong to their own parts of the
 * tablet; here is only when they go, one after the other and never before the marks, and how much they still hold.
 */
export class Errands {
  private readonly all = new Set<Errand>()
  private running = false
  private again = false

  constructor(
    private readonly db: Database,
    private readonly mayGo: () => boolean,
    private readonly left: (n: number, signatures: number) => void,
  ) {}

  add(errand: Errand): void {
    this.all.add(errand)
  }

  /** Counts what waits and sends it if it may go now. Never throws: a queue that fails keeps what it has. */
  async kick(): Promise<void> {
    this.again = true
    if (this.running) return
    this.running = true
    while (this.again) {
      this.again = false
      await this.count()
      for (const errand of this.all) if (this.mayGo()) await errand().catch(() => undefined)
      await this.count()
    }
    this.running = false
  }

  private async count(): Promise<void> {
    const waits = (items: unknown) => ((items ?? []) as { state: string }[]).filter((i) => i.state === 'pending').length
    try {
      const photos = IDBKeyRange.bound(['pending', 0], ['pending', Infinity])
      const [p, s, c] = await Promise.all([
        this.db.countFromIndex('photos', 'state', photos),
        this.db.get('kept', 'signatures'),
        this.db.get('kept', 'calls'),
      ])
      this.left(p + waits(s) + waits(c), waits(s))
    } catch {
      // the store cannot be read: what was known before stands
    }
  }
}
