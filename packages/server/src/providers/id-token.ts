import { decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose'
import type { App } from './app.ts'
import type { Directory } from './directory.ts'
import { isIssuer } from './endpoints.ts'
import { ProviderError } from './provider-error.ts'

const toleranceSeconds = 30

/** What an id_token says. */
export type IdTokenClaims = JWTPayload

/** What an id_token has to fit besides its app. */
export interface Expected {
  /** The nonce that was sent along; null where none was. */
  nonce: string | null
  /** Whether a client got the token by itself. */
  isHandedOver: boolean
  /** Client ids that may have asked for a token that is made for this app. */
  clientIds: readonly string[]
  /** How long ago the user may have been asked, in seconds; null where that does not matter. */
  maxAgeSeconds: number | null
  now: number
}

/**
 * The claims of an id_token, verified in full (OpenID Connect Core §3.1.3.7): signature, issuer and
 * audience, times, authorized party and nonce. @throws ProviderError
 */
export async function verifyIdToken(
  { app, directory }: { app: App; directory: Directory },
  token: string,
  expected: Expected,
): Promise<JWTPayload> {
  const endpoints = await directory.endpointsOf(app)
  const claims = await verifySigned(token, {
    app,
    directory,
    expected,
    algorithms: endpoints.algorithms,
  })
  if (!isIssuer(claims.iss, endpoints, app)) {
    throw new ProviderError('the id_token is of another issuer')
  }
  checkParty(claims, expected)
  checkTimes(claims, expected)
  if (expected.nonce !== null && claims.nonce !== expected.nonce) {
    throw new ProviderError('the id_token has another nonce')
  }
  return claims
}

async function verifySigned(
  token: string,
  {
    app,
    directory,
    expected,
    algorithms,
  }: {
    app: App
    directory: Directory
    expected: Expected
    algorithms: readonly string[]
  },
): Promise<JWTPayload> {
  try {
    const { typ, kid, crit } = decodeProtectedHeader(token)
    // An access token of the same issuer is no proof of who signed in (RFC 9068 §2.1).
    if (typ !== undefined && typ.toLowerCase() !== 'jwt')
      throw new ProviderError('it is a token of another kind')
    // Not left to the library, which repeats the names in its message.
    if (crit !== undefined) throw new ProviderError('it has extensions that are not understood')
    const { payload } = await jwtVerify(token, directory.keysOf(app), {
      algorithms: [...algorithms],
      audience: [...app.audiences],
      requiredClaims: ['iss', 'sub', 'exp', 'iat'],
      clockTolerance: toleranceSeconds,
      currentDate: new Date(expected.now),
    })
    // Where the issuer has one key only, a token need not name it; what a client hands over does.
    if (expected.isHandedOver && kid === undefined) throw new ProviderError('it names no key')
    return payload
  } catch (error) {
    throw new ProviderError('the id_token is not valid', { cause: error })
  }
}

function checkParty({ aud, azp }: JWTPayload, { clientIds }: Expected): void {
  const isForSeveral = Array.isArray(aud) && aud.length > 1
  const isOurs = typeof azp === 'string' && clientIds.includes(azp)
  if ((azp !== undefined || isForSeveral) && !isOurs) {
    throw new ProviderError('the id_token was asked for by another client')
  }
}

function checkTimes(claims: JWTPayload, { now, maxAgeSeconds }: Expected): void {
  const seconds = now / 1000
  if ((claims.iat ?? Number.POSITIVE_INFINITY) > seconds + toleranceSeconds) {
    throw new ProviderError('the id_token was issued in the future')
  }
  if (maxAgeSeconds === null) return
  const at = claims.auth_time
  if (typeof at !== 'number' || at < seconds - maxAgeSeconds - toleranceSeconds) {
    throw new ProviderError('the user was not asked again')
  }
}
