/** How long a page may not paint before it counts as stuck. */
export const STUCK = 5000

/** The watchdog's judgement, apart from the clock and the worker. */
export class Watch {
  private painted = 0
  private resting = true
  private told = false

  hear(word: 'painted' | 'rest', now: number): void {
    this.resting = word === 'rest'
    this.painted = now
    this.told = false
  }

  /** True once for every time that the page stops painting. */
  isStuck(now: number): boolean {
    if (this.resting || this.told || now - this.painted <= STUCK) return false
    this.told = true
    return true
  }
}
