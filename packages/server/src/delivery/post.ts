import { type Attempt, DeliveryError } from './messages.ts'

const timeoutMs = 10_000

const connectErrors = new Set<unknown>([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Where something is posted, and with which basic authentication. */
export interface Endpoint {
  address: string
  authorization: string | undefined
}

/** Takes name and password out of an http or https address; undefined for anything else. */
export function toEndpoint(url: string): Endpoint | undefined {
  const parsed = URL.parse(url)
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') return undefined
  const { username, password } = parsed
  parsed.username = ''
  parsed.password = ''
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const authorization = username && `Basic ${Buffer.from(login).toString('base64')}`
  return { address: parsed.href, authorization: authorization || undefined }
}

/**
 * Posts JSON and returns the status; what the answer says is not read. Redirects are not followed.
 * @throws DeliveryError where there is no answer within ten seconds.
 */
export async function postJson(
  { address, authorization }: Endpoint,
  {
    body,
    headers,
    fetch,
  }: { body: string; headers: Record<string, string>; fetch: typeof globalThis.fetch },
  signal: Attempt['signal'] | undefined,
): Promise<number> {
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(authorization && { authorization }),
        ...headers,
      },
      body,
      // A redirect is answered with less care than the body needs.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    })
    await response.body?.cancel()
    return response.status
  } catch (error) {
    throw classifyFetchError(error)
  }
}

function classifyFetchError(error: unknown): DeliveryError {
  const { name, cause } = error instanceof Error ? error : new Error('no error')
  if (name === 'TimeoutError' || name === 'AbortError') {
    return new DeliveryError('failed', 'timeout', error)
  }
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  const label = typeof code === 'string' ? code : 'fetch_failed'
  return new DeliveryError(connectErrors.has(code) ? 'unreachable' : 'failed', label, error)
}
