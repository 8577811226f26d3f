import type { components } from '@/shared/api'

/** What the server says of the floor, by the names that these pages use. */
type S = components['schemas']

export type Floor = S['FloorSessions']
export type FloorSession = S['FloorSession']
export type SessionState = FloorSession['state']
