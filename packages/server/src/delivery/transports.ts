import { DeliveryError, type MailTransport, type SmsTransport } from './messages.ts'
import { createSmtpTransport } from './smtp.ts'
import { createWebhookSms } from './webhook.ts'

/** What the settings say about the ways out. */
export interface DeliverySettings {
  smtpUrl: string | null
  smsUrl: string | null
  defaultFromEmail: string
  siteName: string
}

/** SMTP where it is configured; else mail waits in the outbox until it is. */
export function mailTransportFor(settings: DeliverySettings): MailTransport {
  const { smtpUrl, defaultFromEmail, siteName } = settings
  if (smtpUrl === null) return unconfigured('smtp_url_missing')
  return createSmtpTransport({ url: smtpUrl, from: defaultFromEmail, siteName })
}

/** The webhook where it is configured; else text messages wait in the outbox until it is. */
export function smsTransportFor({ smsUrl }: DeliverySettings): SmsTransport {
  return smsUrl === null
    ? unconfigured('sms_url_missing')
    : createWebhookSms({ url: smsUrl, fetch: globalThis.fetch })
}

function unconfigured(code: string): { send(): Promise<void>; close(): Promise<void> } {
  return {
    async send() {
      throw new DeliveryError('unreachable', code)
    },
    async close() {},
  }
}
