import { inject, provide, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import type { Outcome, Refusal } from './rule'

/** A question that the keys answer: one or several numbers of one aspect. */
export interface Question {
  title: string
  mode: 'number' | 'time'
  fields: { label: string; unit: string }[]
  /** What stands there now, one text for each field. */
  values: string[]
  negative: boolean
  decimals: boolean
  /** Holds one number to its limits while it is typed. */
  one: (value: string) => Refusal | null
  /** Reads all of them together, "a;b;c". */
  all: (value: string) => Outcome
  /** What may be typed, said until something is. */
  hint: string
  /** What the whole comes to, said beside the keys. */
  result: (value: string) => string
  answer: (value: string) => void
}

const KEY: InjectionKey<ShallowRef<Question | null>> = Symbol('question')

/** Gives the pads below one set of keys to ask with. */
export function provideKeys(): ShallowRef<Question | null> {
  const question = shallowRef<Question | null>(null)
  provide(KEY, question)
  return question
}

export function useKeys(): ShallowRef<Question | null> {
  return inject(KEY, () => shallowRef<Question | null>(null), true)
}
