// Accounts with passkeys, and the page for them. Open it at http://localhost:3000: browsers make
// passkeys for a domain, so not at 127.0.0.1.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAuth, type MailTransport } from 'latchkey'
import { createNodeHandler } from 'latchkey/node'

const smtpUrl = process.env.SMTP_URL ?? null

/** In place of a mail server, where there is none yet. */
const terminal: MailTransport = {
  send: async ({ to, text }) => console.log(`To: ${to}\n\n${text}`),
  close: async () => {},
}

const auth = await createAuth(
  {
    account: { emailVerification: 'mandatory', emailVerificationByCodeEnabled: true },
    mfa: {
      supportedTypes: ['totp', 'webauthn', 'recovery_codes'],
      passkeyLoginEnabled: true,
      passkeySignupEnabled: true,
    },
    server: {
      secretKey: process.env.SECRET_KEY ?? null,
      databasePath: process.env.DATABASE_PATH ?? 'example.sqlite3',
      smtpUrl,
    },
  },
  smtpUrl === null ? { mail: terminal } : {},
)
const handleAuth = createNodeHandler(auth)

const read = (name: string) => readFileSync(new URL(name, import.meta.url))
const files = new Map([
  ['/', { type: 'text/html; charset=utf-8', body: read('index.html') }],
  ['/app.js', { type: 'text/javascript; charset=utf-8', body: read('app.js') }],
])
const headers = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}

const server = createServer((incoming, outgoing) => {
  if (incoming.url?.startsWith('/_allauth/')) return handleAuth(incoming, outgoing)
  const file = files.get(incoming.url?.split('?')[0] ?? '')
  outgoing.writeHead(file ? 200 : 404, { ...headers, 'content-type': file?.type ?? 'text/plain' })
  outgoing.end(file?.body ?? 'There is no such page.\n')
})

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  // What listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo
  console.log(`listening at http://localhost:${port}`)
})
process.once('SIGTERM', () => server.close(() => auth.close()))
