/** Reads the QR code of what the camera shows now; null when there is none. */
export type Reader = (video: HTMLVideoElement) => Promise<string | null>

interface Detector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>
}

interface DetectorClass {
  new (options: { formats: string[] }): Detector
  getSupportedFormats: () => Promise<string[]>
}

// More dots than this cost time and read no better.
const WIDEST = 800

/** The browser's own detector where it has one that reads QR codes, else one of ours, loaded when it is needed. */
export async function makeReader(): Promise<Reader> {
  return (await ofBrowser()) ?? ofOurs()
}

async function ofBrowser(): Promise<Reader | null> {
  const Known = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  try {
    if (!Known || !(await Known.getSupportedFormats()).includes('qr_code')) return null
    const detector = new Known({ formats: ['qr_code'] })
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null
  } catch {
    return null
  }
}

async function ofOurs(): Promise<Reader> {
  const { decodeQR } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  return (video) => {
    const scale = Math.min(1, WIDEST / video.videoWidth)
    canvas.width = Math.round(video.videoWidth * scale)
    canvas.height = Math.round(video.videoHeight * scale)
    if (!pen || canvas.width === 0 || canvas.height === 0) return Promise.resolve(null)
    pen.drawImage(video, 0, 0, canvas.width, canvas.height)
    try {
      return Promise.resolve(decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height)))
    } catch {
      return Promise.resolve(null) // there is no code in the picture, or none that can be read
    }
  }
}
