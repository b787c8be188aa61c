import type { TransportRequest } from './transport.ts'

/** Deeper values could not be written down again without running out of stack. */
const mostLevels = 256
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The JSON of a body, or why there is none. An empty body and `null` count as an empty object. */
export type Body = { value: unknown } | { problem: string }

/** Reads a body whatever its declared type, at most `maxBytes` of it. */
export async function readBody(request: TransportRequest, maxBytes: number): Promise<Body> {
  const bytes = await request.readBody(maxBytes)
  if (bytes === null) return { problem: `The body is longer than ${maxBytes} bytes.` }
  if (bytes.length === 0) return { value: {} }
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes)) ?? {}
    return nests(value, mostLevels) ? { problem: 'The body nests too deep.' } : { value }
  } catch {
    return { problem: 'The body is not JSON in UTF-8.' }
  }
}

/** Whether there are more than so many levels of objects and lists. */
function nests(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((it) => nests(it, levels - 1))
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
