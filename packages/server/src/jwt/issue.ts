import { randomUUID } from 'node:crypto'
import type { HeadlessSettings } from '../settings/settings.ts'
import type { TokenSession } from '../settings/token-strategy.ts'
import type { Keyring } from '../signing-keys/keyring.ts'
import { signToken, type TokenClaims, type TokenScope, type TokenUse } from './token.ts'

/** What tokens are made with. */
export interface TokenMaker {
  keyring: Keyring
  settings: HeadlessSettings
  now: () => number
}

/** A refresh token and what has to be kept of it. */
export interface MadeRefreshToken {
  token: string
  jti: string
  createdAt: number
  expiresAt: number
}

/** Refresh tokens name no audience: none but this server is to accept them. */
export function scopeOf({ jwtIssuer, jwtAudience }: HeadlessSettings, use: TokenUse): TokenScope {
  return { issuer: jwtIssuer, audience: use === 'access' ? jwtAudience : [] }
}

/** An access token for a session. */
export async function makeAccessToken(maker: TokenMaker, session: TokenSession): Promise<string> {
  const { settings, keyring } = maker
  const claims = claimsOf(maker, session, 'access', settings.jwtAccessTokenExpiresIn)
  const further = (await settings.jwtClaims?.(session)) ?? {}
  return signToken(keyring, claims, scopeOf(settings, 'access'), further)
}

/** A refresh token for a session; it works once it is kept. */
export async function makeRefreshToken(
  maker: TokenMaker,
  session: TokenSession,
): Promise<MadeRefreshToken> {
  const { settings, keyring } = maker
  const claims = claimsOf(maker, session, 'refresh', settings.jwtRefreshTokenExpiresIn)
  const { jti, issuedAt, expiresAt } = claims
  const token = await signToken(keyring, claims, scopeOf(settings, 'refresh'))
  return { token, jti, createdAt: issuedAt * 1000, expiresAt: expiresAt * 1000 }
}

/** A token never outlives its session. */
function claimsOf(
  { now }: TokenMaker,
  { sid, user, expiresAt }: TokenSession,
  use: TokenUse,
  lifetimeSeconds: number,
): TokenClaims {
  const issuedAt = Math.floor(now() / 1000)
  const end = Math.min(issuedAt + lifetimeSeconds, Math.floor(expiresAt / 1000))
  return { use, sid, userId: user.id, jti: randomUUID(), issuedAt, expiresAt: end }
}
