import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import type { Keyring } from '../signing-keys/keyring.ts'

/** Clocks of nodes differ: what one has just signed may come from a moment ahead. */
const mostSkewSeconds = 60

export type TokenUse = 'access' | 'refresh'

/** What every token says (RFC 7519); times in seconds since 1970. */
export interface TokenClaims {
  use: TokenUse
  sid: string
  userId: string
  jti: string
  issuedAt: number
  expiresAt: number
}

/** Whom tokens are from and for, as far as they say so. */
export interface TokenScope {
  issuer: string | null
  audience: readonly string[]
}

/** Signs a token with the key of now. `further` members give way to those of the server. */
export async function signToken(
  keyring: Keyring,
  { use, sid, userId, jti, issuedAt, expiresAt }: TokenClaims,
  { issuer, audience }: TokenScope,
  further: Record<string, unknown> = {},
): Promise<string> {
  const { algorithm, kid, privateKey } = await keyring.signing()
  const [first, ...others] = audience
  const claims: JWTPayload = {
    ...further,
    iat: issuedAt,
    exp: expiresAt,
    sid,
    jti,
    token_use: use,
    sub: userId,
    ...(issuer !== null && { iss: issuer }),
    ...(first !== undefined && { aud: others.length > 0 ? [...audience] : first }),
  }
  const header = { alg: algorithm, typ: 'JWT', ...(kid !== null && { kid }) }
  return new SignJWT(claims).setProtectedHeader(header).sign(privateKey)
}

/** What a token of ours says; null for anything else, whatever is wrong with it. */
export async function verifyToken(
  keyring: Keyring,
  token: string,
  { use, scope, now }: { use: TokenUse; scope: TokenScope; now: number },
): Promise<TokenClaims | null> {
  const payload = await verifySigned(keyring, token, scope, now)
  if (!payload || payload.token_use !== use) return null
  const { sid, sub: userId, jti, iat: issuedAt, exp: expiresAt } = payload
  if (!isFilled(sid) || !isFilled(userId) || !isFilled(jti)) return null
  if (issuedAt === undefined || expiresAt === undefined) return null
  if (issuedAt > now / 1000 + mostSkewSeconds) return null
  return { use, sid, userId, jti, issuedAt, expiresAt }
}

function isFilled(member: unknown): member is string {
  return typeof member === 'string' && member !== ''
}

async function verifySigned(
  keyring: Keyring,
  token: string,
  { issuer, audience }: TokenScope,
  now: number,
): Promise<JWTPayload | null> {
  const kid = kidOf(token)
  if (kid === null) return null
  for (const { key, algorithms } of await keyring.verifying(kid)) {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [...algorithms],
        currentDate: new Date(now),
        requiredClaims: ['exp', 'iat', 'jti', 'sid', 'sub'],
        ...(issuer !== null && { issuer }),
        ...(audience.length > 0 && { audience: [...audience] }),
      })
      return payload
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error
      // Another key may have signed it; nothing else gets better with another key.
      if (!otherKeyMayFit(error)) return null
    }
  }
  return null
}

function otherKeyMayFit(error: errors.JOSEError): boolean {
  return (
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed
  )
}

/** The name of the key, undefined where the token names none; null for what is no token. */
function kidOf(token: string): string | undefined | null {
  try {
    const { kid } = decodeProtectedHeader(token)
    return typeof kid === 'string' ? kid : undefined
  } catch {
    return null
  }
}
