import type { Tablet } from '../tablet'

/** Carries photos that still wait, also when no sheet is opened; the part comes after the first view stands. */
export function usePhotosLater(tablet: Tablet): void {
  setTimeout(() => void import('./carry').then((c) => c.carryPhotos(tablet)).catch(() => undefined), 2000)
}
