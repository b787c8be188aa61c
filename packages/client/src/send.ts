import { LatchkeyError, type LatchkeyErrorCode, retryAfterOf } from './errors.ts'

/** A request that is ready to be sent. */
export interface Sending {
  url: string
  init: RequestInit
  fetch: typeof fetch
  /** Milliseconds. */
  timeout: number
  signal: AbortSignal | undefined
}

/** What came back: a JSON envelope with its status. */
export interface Envelope {
  status: number
  data?: unknown
  meta?: {
    is_authenticated?: boolean
    session_token?: string
    access_token?: string
    refresh_token?: string
  }
  errors?: unknown
  retryAfterSeconds?: number
}

/** What a timer can wait for at most. */
const longestMs = 2 ** 31 - 1

/** Sends a request within its time. @throws LatchkeyError where no envelope comes back. */
export async function send({ url, init, fetch, timeout, signal }: Sending): Promise<Envelope> {
  const controller = new AbortController()
  const abort = () => controller.abort()
  const timer = timeout <= longestMs ? setTimeout(abort, timeout) : undefined
  signal?.addEventListener('abort', abort)
  try {
    if (signal?.aborted) abort()
    const response = await fetch(url, { ...init, signal: controller.signal })
    return read(response, await response.text())
  } catch (cause) {
    if (cause instanceof LatchkeyError) throw cause
    if (signal?.aborted) throw new LatchkeyError('aborted', 'the call was given up', { cause })
    if (controller.signal.aborted) {
      throw new LatchkeyError('timeout', `no answer came within ${timeout} ms`, { cause })
    }
    throw new LatchkeyError('network', 'the server could not be reached', { cause })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

function read(response: Response, text: string): Envelope {
  const { status, headers } = response
  const isJson = headers.get('content-type')?.startsWith('application/json')
  if (isJson && status < 500) {
    const envelope = parse(response, text)
    const retryAfterSeconds = retryAfterOf(headers)
    return retryAfterSeconds === undefined ? envelope : { ...envelope, retryAfterSeconds }
  }
  throw new LatchkeyError(codeOf(status), `the server answered ${status}`, { response })
}

function parse(response: Response, text: string): Envelope {
  try {
    // Some refusals say all with their status.
    return text === '' ? { status: response.status } : JSON.parse(text)
  } catch (cause) {
    throw new LatchkeyError('unexpected', 'expected JSON', { cause, response })
  }
}

function codeOf(status: number): LatchkeyErrorCode {
  if (status === 403) return 'forbidden'
  // 502 and 504 are what a proxy says where the server can not be reached.
  return [502, 503, 504].includes(status) ? 'unavailable' : 'unexpected'
}
