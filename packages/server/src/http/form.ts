import type { Body } from './body.ts'
import type { TransportRequest } from './transport.ts'

/**
 * Reads the fields of a form, URL-encoded or multipart; a body of any other kind has none. Files are
 * left out, and of fields of the same name the last one counts.
 */
export async function readForm(request: TransportRequest, maxBytes: number): Promise<Body> {
  const bytes = await request.readBody(maxBytes)
  if (bytes === null) return { problem: `The body is longer than ${maxBytes} bytes.` }
  const type = request.header('content-type') ?? ''
  // What can not be read as a form has no fields.
  const form = await parse(bytes, type).catch(() => new FormData())
  const fields = [...form].filter(([, value]) => typeof value === 'string')
  return { value: Object.fromEntries(fields) }
}

function parse(bytes: Uint8Array, type: string): Promise<FormData> {
  const headers = { 'content-type': type }
  return new Response(Buffer.from(bytes), { headers }).formData()
}
