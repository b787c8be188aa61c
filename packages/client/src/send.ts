import { LatchkeyError } from './errors.ts'

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
}

/** Sends a request within its time. @throws LatchkeyError where no envelope comes back. */
export async function send({ url, init, fetch, timeout, signal }: Sending): Promise<Envelope> {
  const controller = new AbortController()
  const abort = () => controller.abort()
  const timer = setTimeout(abort, timeout)
  signal?.addEventListener('abort', abort)
  try {
    if (signal?.aborted) abort()
    const response = await fetch(url, { ...init, signal: controller.signal })
    return await read(response)
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

async function read(response: Response): Promise<Envelope> {
  const { status, headers } = response
  const isJson = headers.get('content-type')?.startsWith('application/json')
  if (isJson && status < 500) {
    const text = await response.text()
    // Some refusals say all with their status.
    return text === '' ? { status } : JSON.parse(text)
  }
  const code = status === 403 ? 'forbidden' : status === 503 ? 'unavailable' : 'unexpected'
  throw new LatchkeyError(code, `the server answered ${status}`, { response })
}
