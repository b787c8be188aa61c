import { createHmac } from 'node:crypto'
import { type Attempt, DeliveryError, type Webhook } from './messages.ts'
import { postJson, toEndpoint } from './post.ts'

/** Where events are posted, and what signs them. */
export interface WebhookSettings {
  urls: readonly string[]
  /** `whsec_` and base64. */
  secrets: readonly string[]
}

/**
 * Posts an event, signed as Standard Webhooks say.
 * @throws DeliveryError for any answer but 2xx.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function createWebhookPost({
  secrets,
  now,
}: {
  secrets: readonly string[]
  now: () => number
}) {
  return async function postWebhook(
    { url, id, body }: Webhook,
    { signal }: Pick<Attempt, 'signal'>,
  ): Promise<void> {
    const endpoint = toEndpoint(url)
    if (!endpoint) throw new DeliveryError('gone', 'no_address')
    const timestamp = String(Math.floor(now() / 1000))
    const signatures = secrets.map((secret) => sign(secret, `${id}.${timestamp}.${body}`))
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signatures.join(' '),
    }
    const status = await postJson(endpoint, { body, headers, fetch: globalThis.fetch }, signal)
    if (status === 410) throw new DeliveryError('gone', 'http_410')
    if (status < 200 || status > 299) throw new DeliveryError('failed', `http_${status}`)
  }
}

function sign(secret: string, content: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`
}
