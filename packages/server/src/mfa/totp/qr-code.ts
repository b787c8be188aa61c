/** In modules (ISO/IEC 18004 §5.3.8). */
const quietZone = 4

/** Text as a QR code (ISO/IEC 18004), an SVG image. */
export async function qrCode(text: string): Promise<string> {
  // Loaded when the first is asked for.
  const { encodeQR } = await import('qr')
  const svg = encodeQR(text, 'svg', { border: quietZone })
  // Cameras need light around and behind it, whatever the page looks like.
  return svg.replace('>', '><rect width="100%" height="100%" fill="#fff"/>')
}
