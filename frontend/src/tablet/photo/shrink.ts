/** The longest side of a photo that is kept, in dots, and the most that it weighs, in bytes. */
export const LONGEST = 1600
export const HEAVIEST = 1_200_000

/** Width and height of a picture whose longer side may be so long; a smaller one stays as it is. */
export function fitted(width: number, height: number, longest: number): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** What is tried one after the other until a photo is light enough. */
export const attempts: readonly { longest: number; quality: number }[] = [
  { longest: LONGEST, quality: 0.85 },
  { longest: LONGEST, quality: 0.7 },
  { longest: LONGEST, quality: 0.55 },
  { longest: 1200, quality: 0.6 },
  { longest: 800, quality: 0.6 },
]

/**
 * The photo drawn anew as a JPEG of a bearable size: nothing but its dots comes through, no place, no camera, no
 * hidden words. Null when the file is no picture that this browser opens.
 */
export async function shrink(file: Blob): Promise<Blob | null> {
  const address = URL.createObjectURL(file)
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    for (const { longest, quality } of attempts) {
      const { width, height } = fitted(image.naturalWidth, image.naturalHeight, longest)
      const drawn = await draw(image, width, height, quality)
      if (drawn && drawn.size <= HEAVIEST) return drawn
    }
    return null
  } catch {
    return null
  } finally {
    URL.revokeObjectURL(address)
  }
}

/** A small picture of it, to know it by after the photo itself was sent. */
export async function thumbnail(jpeg: Blob): Promise<Blob> {
  const address = URL.createObjectURL(jpeg)
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const { width, height } = fitted(image.naturalWidth, image.naturalHeight, 320)
    return (await draw(image, width, height, 0.7)) ?? jpeg
  } catch {
    return jpeg
  } finally {
    URL.revokeObjectURL(address)
  }
}

function draw(image: HTMLImageElement, width: number, height: number, quality: number): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const pen = canvas.getContext('2d')
  if (!pen) return Promise.resolve(null)
  pen.fillStyle = '#fff' // what is transparent would be black
  pen.fillRect(0, 0, width, height)
  pen.drawImage(image, 0, 0, width, height)
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality))
}
