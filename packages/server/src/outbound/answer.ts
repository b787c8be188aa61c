import type { IncomingMessage } from 'node:http'
import { OutboundError } from './outbound-error.ts'

// RFC 9110: these have no body, and a Response does not take one with them.
const bodiless = [204, 205]

/**
 * Reads an answer to its end, and ends the connection if that is not reached.
 * @throws OutboundError for redirects, compressed bodies and long ones.
 */
export async function readAnswer(
  answer: IncomingMessage,
  host: string,
  maxBytes: number,
): Promise<Response> {
  try {
    const status = checkHead(answer, host)
    const body = await readBody(answer, host, maxBytes)
    return new Response(bodiless.includes(status) ? null : body, {
      status,
      headers: toHeaders(answer.rawHeaders),
    })
  } finally {
    answer.destroy()
  }
}

/** Redirects are not followed: the endpoints of providers answer where they are. */
function checkHead({ statusCode = 0, headers }: IncomingMessage, host: string): number {
  if (statusCode >= 300 && statusCode < 400) throw new OutboundError('redirect', host)
  if (statusCode < 200 || statusCode > 599) {
    throw new OutboundError('unreachable', host, `status ${statusCode}`)
  }
  // None was asked for, and a small one can unfold into an endless body.
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') throw new OutboundError('encoding', host)
  return statusCode
}

async function readBody(answer: IncomingMessage, host: string, maxBytes: number) {
  if (Number(answer.headers['content-length']) > maxBytes) throw new OutboundError('too_long', host)
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer) {
    bytes += chunk.length
    if (bytes > maxBytes) throw new OutboundError('too_long', host)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function toHeaders(raw: readonly string[]): Headers {
  const headers = new Headers()
  for (let i = 0; i + 1 < raw.length; i += 2) headers.append(raw[i] ?? '', raw[i + 1] ?? '')
  return headers
}
