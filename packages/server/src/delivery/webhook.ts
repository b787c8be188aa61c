import { SettingsError } from '../settings/settings-error.ts'
import { type Attempt, DeliveryError, type SmsTransport } from './messages.ts'

const timeoutMs = 10_000

const connectErrors = new Set<unknown>([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
])

export interface WebhookOptions {
  /** An http or https address; `user:password@` is sent as basic authentication. */
  url: string
  fetch: typeof fetch
}

/**
 * Hands text messages to a gateway: POST with the JSON `{ "phone", "code" }`, where `code` is null
 * for a notice. Any answer but 2xx is a failure.
 * @throws SettingsError if the URL cannot be used.
 */
export function createWebhookSms({ url, fetch }: WebhookOptions): SmsTransport {
  const { address, authorization } = splitUrl(url)
  return {
    async send({ phone, code }, attempt) {
      const response = await postJson({ phone, code }, attempt)
      await response.body?.cancel()
      if (!response.ok) throw refusal(response.status)
    },
    async close() {},
  }

  async function postJson(body: object, attempt: Attempt | undefined): Promise<Response> {
    const timeout = AbortSignal.timeout(timeoutMs)
    try {
      return await fetch(address, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(authorization && { authorization }),
          ...(attempt && { 'idempotency-key': attempt.id }),
        },
        body: JSON.stringify(body),
        // A redirect is answered with less care than it needs: the body holds a code.
        redirect: 'manual',
        signal: attempt ? AbortSignal.any([timeout, attempt.signal]) : timeout,
      })
    } catch (error) {
      throw classifyFetchError(error)
    }
  }
}

function refusal(status: number): DeliveryError {
  const isRefused = status === 400 || status === 422
  return new DeliveryError(isRefused ? 'refused' : 'failed', `http_${status}`)
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

function splitUrl(url: string): { address: string; authorization: string | undefined } {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') {
    throw new SettingsError(['SMS_URL: expected an http or https address'])
  }
  const { username, password } = parsed
  parsed.username = ''
  parsed.password = ''
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const authorization = username && `Basic ${Buffer.from(login).toString('base64')}`
  return { address: parsed.href, authorization: authorization || undefined }
}
