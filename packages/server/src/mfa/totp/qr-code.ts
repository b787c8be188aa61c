/** Text as a QR code (ISO/IEC 18004), an SVG image. */
export async function qrCode(text: string): Promise<string> {
  // Loaded when the first is asked for.
  const { encodeQR } = await import('qr')
  return encodeQR(text, 'svg')
}
