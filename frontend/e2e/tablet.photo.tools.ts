/** Photographs as a phone takes them, for the tests of evidence. */
import type { Page } from '@playwright/test'
import { card } from './tablet.mock'

/** What stands in the file of a photograph and is nobody's business. */
export const secrets = ['Exif', 'GPS', '梁志远', 'IMG_0001']

/** A photograph as a phone takes it: large, noisy, and with the words of its camera. */
export async function photograph(page: Page): Promise<Buffer> {
  const drawn = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: 4000, height: 3000 })
    const pen = canvas.getContext('2d')
    for (let i = 0; i < 6000 && pen; i++) {
      pen.fillStyle = `hsl(${(i * 47) % 360} 60% ${20 + (i % 60)}%)`
      pen.fillRect((i * 397) % 4000, (i * 571) % 3000, 90, 70)
    }
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.95))
    const bytes = new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))
    let text = ''
    for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192))
    return btoa(text)
  })
  const plain = Buffer.from(drawn, 'base64')
  const words = Buffer.from('Exif\0\0GPS 30.59N 114.30E 梁志远的手机')
  const head = Buffer.from([0xff, 0xe1, (words.length + 2) >> 8, (words.length + 2) & 255])
  return Buffer.concat([plain.subarray(0, 2), head, words, plain.subarray(2)])
}

/** Gives the camera's file to an aspect of the work that is open. */
export async function take(page: Page, aspect: string, file?: Buffer): Promise<void> {
  await card(page, aspect).getByRole('button', { name: '更多' }).click()
  await card(page, aspect).getByRole('button', { name: '拍照取证' }).click()
  await page
    .locator('.dialog input[type=file]')
    .setInputFiles({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: file ?? (await photograph(page)) })
}

/** Width and height by the header of the frame. */
export function sizeOf(jpeg: Buffer): [number, number] {
  for (let at = 2; at + 9 < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
    const mark = jpeg[at + 1] ?? 0
    if (mark >= 0xc0 && mark <= 0xc2) return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)]
  }
  throw new Error('no frame in this JPEG')
}
