import type { MailTransport, SmsTransport } from './messages.ts'

/** Where the text goes; a process's `stdout` fits. */
export interface TextOutput {
  write(text: string): unknown
}

/** Prints mail instead of sending it. For local development only: codes stand in the output. */
export function createConsoleMail(output: TextOutput = process.stdout): MailTransport {
  return {
    async send({ to, subject, text }) {
      output.write(frame(`Mail to ${to}: ${subject}`, text))
    },
    async close() {},
  }
}

/** Prints text messages instead of sending them. For local development only. */
export function createConsoleSms(output: TextOutput = process.stdout): SmsTransport {
  return {
    async send({ phone, text }) {
      output.write(frame(`Text message to ${phone}`, text))
    },
    async close() {},
  }
}

function frame(title: string, text: string): string {
  const lines = toPrintable(text).trimEnd().split('\n')
  const body = lines.map((line) => `│ ${line}`.trimEnd()).join('\n')
  return `\n┌ ${toPrintable(title).replaceAll('\n', ' ')}\n│\n${body}\n└\n`
}

/** Without control characters: what a user has typed must not move the cursor or set the title. */
function toPrintable(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, '')
}
