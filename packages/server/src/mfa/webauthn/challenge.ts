import { randomToken } from '../../crypto/random.ts'
import type { Exchange, WebAuthnChallenge } from '../../exchange.ts'

const timeoutMs = 600_000

/** Draws the bytes that a key has to sign next, in the place of any before. */
export function beginChallenge(ctx: Exchange, isPasswordless = false): string {
  const challenge = randomToken()
  ctx.session.state.webauthn = { challenge, isPasswordless, madeAt: ctx.server.now() }
  return challenge
}

/** What has to be signed, for ten minutes after it was asked for. */
export function currentChallenge({ session, server }: Exchange): WebAuthnChallenge | null {
  const { webauthn } = session.state
  return webauthn && server.now() - webauthn.madeAt < timeoutMs ? webauthn : null
}

/** Uses the challenge up: what is signed serves once. */
export function spendChallenge({ session }: Exchange): void {
  delete session.state.webauthn
}
