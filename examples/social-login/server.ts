// Accounts by an OpenID Connect provider, and the page for them. Register this address there:
// http://localhost:3000/accounts/oidc/example/login/callback/
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createAuth, type MailTransport, type SettingsInput } from 'latchkey'
import { createNodeHandler } from 'latchkey/node'

const { OIDC_ISSUER = '', OIDC_CLIENT_ID = '', OIDC_CLIENT_SECRET = '' } = process.env
const issuer = new URL(OIDC_ISSUER)
const port = Number(process.env.PORT ?? 3000)
const url = `http://localhost:${port}`
const smtpUrl = process.env.SMTP_URL ?? null

/** In place of a mail server, where there is none yet. */
const terminal: MailTransport = {
  send: async ({ to, text }) => console.log(`To: ${to}\n\n${text}`),
  close: async () => {},
}

const settings = {
  socialaccount: {
    providers: {
      openid_connect: {
        APPS: [
          {
            provider_id: 'example',
            name: 'Example',
            client_id: OIDC_CLIENT_ID,
            secret: OIDC_CLIENT_SECRET,
            settings: { server_url: OIDC_ISSUER },
          },
        ],
      },
    },
    // A provider on this machine is for trying things out alone.
    allowPrivateAddressesInsecure: ['localhost', '127.0.0.1'].includes(issuer.hostname),
  },
  headless: { frontendUrls: { socialaccount_login_error: `${url}/` } },
  server: {
    publicUrl: url,
    secretKey: process.env.SECRET_KEY ?? null,
    databasePath: process.env.DATABASE_PATH ?? 'example.sqlite3',
    smtpUrl,
  },
} satisfies SettingsInput

const auth = await createAuth(settings, smtpUrl === null ? { mail: terminal } : {})
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
    // The form leads on to the provider, which browsers want to see here, too.
    `form-action 'self' ${issuer.origin}`,
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}

const server = createServer((incoming, outgoing) => {
  const target = incoming.url ?? '/'
  // The API, and where providers send people back to.
  if (auth.serves(target)) return handleAuth(incoming, outgoing)
  const file = files.get(target.split('?')[0] ?? '')
  outgoing.writeHead(file ? 200 : 404, { ...headers, 'content-type': file?.type ?? 'text/plain' })
  outgoing.end(file?.body ?? 'There is no such page.\n')
})

server.listen(port, '127.0.0.1', () => console.log(`listening at ${url}`))
process.once('SIGTERM', () => server.close(() => auth.close()))
