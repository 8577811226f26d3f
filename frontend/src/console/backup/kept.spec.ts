// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { sizeOf } from './kept'

describe('the size of a backup', () => {
  it.each([
    [0, '0.0 KB'],
    [6_193, '6.2 KB'],
    [12_345, '12 KB'],
    [999_400, '999 KB'],
    [1_000_000, '1.0 MB'],
    [213_400_000, '213 MB'],
    [4_200_000_000, '4.2 GB'],
    [7_000_000_000_000_000, '7000 TB'],
  ])('%d', (bytes, words) => expect(sizeOf(bytes)).toBe(words))
})
