import { deriveKeys } from '../../crypto/keys.ts'
import type { OutboxLog } from '../log.ts'
import type { Message } from '../messages.ts'

export const testKeys = deriveKeys(['a secret that is only used in tests'])

/** A log that keeps its lines. */
export interface TestLog extends OutboxLog {
  lines: { level: string; details: Record<string, unknown>; message: string }[]
}

export function createTestLog(): TestLog {
  const lines: TestLog['lines'] = []
  const write = (level: string) => (details: object, message: string) => {
    lines.push({ level, details: { ...details }, message })
  }
  return { lines, info: write('info'), warn: write('warn'), error: write('error') }
}

export function mailTo(to: string, subject = 'Hello'): Message {
  return { kind: 'mail', mail: { to, subject, text: `${subject}\n`, html: `<p>${subject}</p>` } }
}

export function smsTo(phone: string, code: string | null = '123456'): Message {
  return { kind: 'sms', sms: { phone, code, text: `${code} is your code` } }
}

export function webhookTo(url: string, id: string): Message {
  const body = JSON.stringify({ type: 'logged_in', timestamp: '', data: { id } })
  return { kind: 'webhook', webhook: { url, id, body } }
}
