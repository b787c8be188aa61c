import type { TransportAnswer, TransportRequest } from './transport.ts'

/** A `Request` of the web's standards as the pipeline reads it. */
export function fromRequest(request: Request, remoteAddress: string): TransportRequest {
  const url = new URL(request.url)
  return {
    method: request.method,
    target: url.pathname + url.search,
    isEncrypted: url.protocol === 'https:',
    remoteAddress,
    header: (name) => request.headers.get(name) ?? (name === 'host' ? url.host : undefined),
    readBody: (maxBytes) => readStream(request.body, maxBytes),
  }
}

/** An answer of the pipeline as a `Response`. */
export function toResponse({ status, headers, body }: TransportAnswer): Response {
  // Nothing of ours shares memory between threads, which is all that the type could mean besides.
  const bytes = body as string | Uint8Array<ArrayBuffer>
  return new Response(bytes.length === 0 ? null : bytes, { status, headers })
}

async function readStream(
  stream: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array | null> {
  if (!stream) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
