import type { Tablet } from '../tablet'
import { usePhotos } from './photos'

/** Has the photos of a tablet carried to the server behind its marks, whatever page is open. */
export function carryPhotos(tablet: Tablet): void {
  usePhotos(tablet)
}
