import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Exchange } from '../../exchange.ts'
import { currentChallenge } from './challenge.ts'
import type { SecurityKey } from './key.ts'
import { isAllowedOrigin, relyingPartyId } from './relying-party.ts'

/** Not loaded with everything else: it takes half as long as a whole start. */
const library = () => import('@simplewebauthn/server')

/** Loads what verifies keys once the server is ready, so that the first key does not wait for it. */
export function preloadVerification(): void {
  // What can not be loaded is told when it is needed.
  setImmediate(() => library().catch(() => {}))
}

/** COSE algorithms that keys may sign with, best first: EdDSA, ES256, RS256. */
export const algorithms = [-8, -7, -257]

/** The key that was made, or null where the answer to the current challenge does not hold. */
export async function verifyCreation(
  ctx: Exchange,
  credential: unknown,
): Promise<Omit<SecurityKey, 'name'> | null> {
  const expected = await expectedOf(ctx, credential)
  const challenge = currentChallenge(ctx)
  if (!expected || !challenge) return null
  const { isPasswordless } = challenge
  const response = credential as RegistrationResponseJSON // checked by the library
  const { verifyRegistrationResponse } = await library()
  const verified = await orNull(
    verifyRegistrationResponse({
      ...expected,
      response,
      requireUserVerification: isPasswordless,
      supportedAlgorithmIDs: algorithms,
    }),
  )
  if (!verified?.verified) return null
  const { id, publicKey, counter } = verified.registrationInfo.credential
  const claimed: unknown = response.clientExtensionResults?.credProps?.rk
  const isResident = typeof claimed === 'boolean' ? claimed : undefined
  return {
    credentialId: id,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    ...(isResident !== undefined && { isPasswordless: isResident }),
    // Who was asked for a passkey and says nothing has made one, or the creation had failed.
    isDiscoverable: isResident ?? isPasswordless,
  }
}

/** The new count of the key, or null where it has not signed the current challenge. */
export async function verifyAssertion(
  ctx: Exchange,
  credential: unknown,
  { key, mustVerifyUser }: { key: SecurityKey; mustVerifyUser: boolean },
): Promise<number | null> {
  const expected = await expectedOf(ctx, credential)
  if (!expected) return null
  const { verifyAuthenticationResponse } = await library()
  const verified = await orNull(
    verifyAuthenticationResponse({
      ...expected,
      response: credential as AuthenticationResponseJSON, // checked by the library
      requireUserVerification: mustVerifyUser,
      credential: {
        id: key.credentialId,
        publicKey: new Uint8Array(Buffer.from(key.publicKey, 'base64url')),
        counter: key.counter,
      },
    }),
  )
  return verified?.verified ? verified.authenticationInfo.newCounter : null
}

/** What an answer has to match; null where there is no challenge, or the origin is a stranger's. */
async function expectedOf(ctx: Exchange, credential: unknown) {
  const challenge = currentChallenge(ctx)
  const origin = originOf(credential)
  const rpId = relyingPartyId(ctx)
  if (!challenge || origin === null) return null
  if (!isAllowedOrigin(origin, rpId, ctx.server.settings.mfa)) return null
  return { expectedChallenge: challenge.challenge, expectedOrigin: origin, expectedRPID: rpId }
}

/** The origin that the client names (WebAuthn Level 3 §5.8.1), which the library takes no patterns for. */
function originOf(credential: unknown): string | null {
  const json = memberOf(memberOf(credential, 'response'), 'clientDataJSON')
  if (typeof json !== 'string') return null
  try {
    const origin = memberOf(JSON.parse(Buffer.from(json, 'base64url').toString()), 'origin')
    return typeof origin === 'string' ? origin : null
  } catch {
    // Not JSON: there is no origin in it.
    return null
  }
}

/** A member of an object that came from outside. */
export function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return Reflect.get(value, name)
}

/** The library throws for whatever does not match, and says so in words alone. */
async function orNull<T>(verification: Promise<T>): Promise<T | null> {
  try {
    return await verification
  } catch {
    return null
  }
}
