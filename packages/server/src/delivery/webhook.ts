import { SettingsError } from '../settings/settings-error.ts'
import { DeliveryError, type SmsTransport } from './messages.ts'
import { postJson, toEndpoint } from './post.ts'

export interface WebhookOptions {
  /** An http or https address; `user:password@` is sent as basic authentication. */
  url: string
  fetch: typeof fetch
}

/**
 * Hands text messages to a gateway: POST with the JSON `{ "phone", "code", "text", "language" }`, where
 * `code` is null for a notice. Any answer but 2xx is a failure.
 * @throws SettingsError if the URL cannot be used.
 */
export function createWebhookSms({ url, fetch }: WebhookOptions): SmsTransport {
  const endpoint = toEndpoint(url)
  if (!endpoint) throw new SettingsError(['SMS_URL: expected an http or https address'])
  return {
    async send({ phone, code, text, language }, attempt) {
      const headers: Record<string, string> = attempt ? { 'idempotency-key': attempt.id } : {}
      const body = JSON.stringify({ phone, code, text, language })
      const status = await postJson(endpoint, { body, headers, fetch }, attempt?.signal)
      if (status < 200 || status > 299) throw refusal(status)
    },
    async close() {},
  }
}

function refusal(status: number): DeliveryError {
  const isRefused = status === 400 || status === 422
  return new DeliveryError(isRefused ? 'refused' : 'failed', `http_${status}`)
}
