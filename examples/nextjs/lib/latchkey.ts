import { nextAuth } from 'latchkey/next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'

/** The accounts of this site. They are opened at the first request, not while it is built. */
export const latchkey = nextAuth(
  async () => {
    // Latchkey reads files beside it and loads native code, so Node.js is to load it as it is. As an
    // installed package it is left alone by `serverExternalPackages`; as a workspace only by this.
    const { createAuth } = await import(/* turbopackIgnore: true */ 'latchkey')
    return createAuth({
      // With "jwt" apps get an access token as well.
      headless: {
        tokenStrategy: process.env.HEADLESS_TOKEN_STRATEGY === 'jwt' ? 'jwt' : 'session',
      },
      server: {
        secretKey: process.env.SECRET_KEY ?? null,
        databasePath: process.env.DATABASE_PATH ?? 'example.sqlite3',
        smtpUrl: process.env.SMTP_URL ?? null,
      },
    })
  },
  { headers, redirect, signInPage: '/sign-in' },
)
