/** The text of a mail as it arrived, whatever it was packed in. */
export function textOf(raw: string): string {
  const plain = raw.split(/\r\n--/).find((part) => /content-type: text\/plain/i.test(part)) ?? raw
  const at = plain.indexOf('\r\n\r\n')
  const packed = plain.slice(at + 4)
  const encoding = /content-transfer-encoding: (\S+)/i.exec(plain.slice(0, at))?.[1]?.toLowerCase()
  const bytes =
    encoding === 'base64'
      ? Buffer.from(packed, 'base64')
      : Buffer.from(encoding === 'quoted-printable' ? unquote(packed) : packed, 'latin1')
  return bytes.toString('utf8').replaceAll('\r\n', '\n')
}

/** Quoted-printable (RFC 2045 §6.7), as bytes in a text. */
function unquote(packed: string): string {
  return packed
    .replaceAll('=\r\n', '')
    .replace(/=([\dA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}
