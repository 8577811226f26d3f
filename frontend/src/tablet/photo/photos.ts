import { shallowRef, triggerRef, watch } from 'vue'
import type { Place } from '../bundle'
import type { Photo, Session } from '../outbox/store'
import { copy } from '../outbox/second'
import { steadyNow } from '../steady'
import type { Tablet } from '../tablet'
import { postPhoto } from './send'
import { shrink, thumbnail } from './shrink'

/** How many one aspect of a work may have. */
export const MOST = 12

/** What comes of a photo that was taken. */
export type Taken = 'kept' | 'bad' | 'unsaved' | 'most'

const RETURNED = new Set([400, 403, 404, 405, 409, 413, 415, 422, 423])

/**
 * 证据照片 of this chair: kept on the tablet first, sent after the marks. A photo that the server has leaves a small
 * picture behind; one that was returned stays whole, with the reason.
 */
export class Photos {
  private readonly all = shallowRef(new Map<string, Photo>())

  constructor(private readonly tablet: Tablet) {
    watch(tablet.session, () => void this.load(), { immediate: true })
    tablet.errand(() => this.send())
  }

  /** Those of one aspect of a work, oldest first. */
  of(work: string, aspect: string): Photo[] {
    const found = [...this.all.value.values()].filter((p) => p.work === work && p.aspect === aspect)
    return found.sort((a, b) => a.client_at - b.client_at)
  }

  private async load(): Promise<void> {
    const who = this.tablet.session.value
    const list = who ? await this.tablet.db.getAll('photos').catch(() => []) : []
    this.all.value = new Map(list.filter((p) => isOf(p, who)).map((p) => [p.id, p]))
  }

  /** Makes a photo small and bare, and keeps it on the disk; then it may go. */
  async take(place: Place, file: Blob): Promise<Taken> {
    const who = this.tablet.session.value
    if (!who || this.tablet.sync.value.readonly) return 'unsaved'
    if (this.of(place.work, place.aspect).length >= MOST) return 'most'
    const jpeg = await shrink(file)
    if (!jpeg) return 'bad'
    const photo: Photo = {
      id: crypto.randomUUID(),
      event: who.event.id,
      chair: who.chair.number,
      client_at: steadyNow(),
      state: 'pending',
      work: place.work,
      aspect: place.aspect,
      sha256: await digest(jpeg),
      jpeg,
    }
    try {
      await this.put(photo)
    } catch {
      return 'unsaved'
    }
    this.tablet.follow()
    return 'kept'
  }

  /** Sends one that was returned once more, as it was. */
  async again(photo: Photo): Promise<void> {
    await this.put({ ...photo, state: 'pending', reason: undefined })
    this.tablet.follow()
  }

  private async put(photo: Photo): Promise<void> {
    const tx = this.tablet.db.transaction('photos', 'readwrite', { durability: 'strict' })
    await tx.store.put(photo)
    await tx.done
    await copy({ in: 'photos', key: photo.id, value: photo })
    this.all.value.set(photo.id, photo)
    triggerRef(this.all)
  }

  private async send(): Promise<void> {
    const who = this.tablet.session.value
    if (!who || this.tablet.sync.value.readonly) return
    const waiting = [...this.all.value.values()].filter((p) => p.state === 'pending' && isOf(p, who))
    waiting.sort((a, b) => a.client_at - b.client_at)
    for (const photo of waiting) {
      const answer = await postPhoto(who, photo)
      if (this.tablet.session.value !== who || !(await this.settle(photo, answer))) return
    }
  }

  /** False when nobody has decided: what waits goes later. */
  private async settle(photo: Photo, answer: Awaited<ReturnType<typeof postPhoto>>): Promise<boolean> {
    if (answer.kind === 'ok') {
      await this.put({ ...photo, state: 'accepted', reason: undefined, jpeg: await thumbnail(photo.jpeg) })
      return true
    }
    if (answer.kind === 'nothing' || !RETURNED.has(answer.problem.status)) return false
    const { status, code, title, fields, request_id } = answer.problem
    await this.put({ ...photo, state: 'returned', reason: { status, code, title, fields, request_id } })
    return true
  }
}

function isOf(photo: Photo, who: Session | null): boolean {
  return photo.event === who?.event.id && photo.chair === who.chair.number
}

async function digest(jpeg: Blob): Promise<string> {
  const sum = await crypto.subtle.digest('SHA-256', await jpeg.arrayBuffer())
  return [...new Uint8Array(sum)].map((b) => b.toString(16).padStart(2, '0')).join('')
}

const known = new WeakMap<Tablet, Photos>()

/** The photos of a tablet: one for all that ask. */
export function usePhotos(tablet: Tablet): Photos {
  const photos = known.get(tablet) ?? new Photos(tablet)
  known.set(tablet, photos)
  return photos
}
