/** A word kept on this device; storage may be blocked, and then it is kept for nothing. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // it holds for this visit
  }
}
