import type {
  AuthenticationResponseJSON,
  RegistrationResponseJSON,
  WebAuthnCredential,
} from '@simplewebauthn/server'
import type { Exchange } from '../../exchange.ts'
import { memberOf } from '../../http/input.ts'
import { withoutAttestation } from './attestation.ts'
import { currentChallenge } from './challenge.ts'
import { readClientData } from './client-data.ts'
import type { SecurityKey } from './key.ts'
import { isAllowedOrigin, relyingPartyId } from './relying-party.ts'

/** Not loaded with everything else: it takes half as long as a whole start. */
const library = () => import('@simplewebauthn/server')

/** Loads what verifies keys once the server is ready, so that the first key does not wait for it. */
export function preloadVerification(): void {
  // What can not be loaded is told when it is needed.
  setImmediate(() => library().catch(() => {}))
}

/** WebAuthn Level 3 §7.1, step 25. */
const mostIdBytes = 1023
/** Of the right form for every algorithm, and signed by nobody. */
const wrongSignature = new Uint8Array([0x30, 6, 2, 1, 1, 2, 1, 1])

/** COSE algorithms that keys may sign with, best first: EdDSA, ES256, RS256. */
export const algorithms = [-8, -7, -257]

/** The key that was made, or null where the answer to the current challenge does not hold. */
export async function verifyCreation(
  ctx: Exchange,
  credential: unknown,
): Promise<Omit<SecurityKey, 'name'> | null> {
  const expected = expectedOf(ctx, credential)
  const response = await orNull(withoutAttestation(credential))
  if (!expected || typeof response?.id !== 'string') return null
  const { isPasswordless, ...expectations } = expected
  const { verifyRegistrationResponse } = await library()
  const verified = await orNull(
    verifyRegistrationResponse({
      ...expectations,
      response,
      requireUserVerification: isPasswordless,
      supportedAlgorithmIDs: algorithms,
    }),
  )
  if (!verified?.verified) return null
  const { credential: made, credentialDeviceType } = verified.registrationInfo
  if (!(await isUsable(made))) return null
  const isResident = claimedResidence(response)
  return {
    credentialId: made.id,
    publicKey: Buffer.from(made.publicKey).toString('base64url'),
    counter: made.counter,
    isBackupEligible: credentialDeviceType === 'multiDevice',
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
  const expected = expectedOf(ctx, credential)
  if (!expected) return null
  const { isPasswordless: _, ...expectations } = expected
  const { verifyAuthenticationResponse } = await library()
  const verified = await orNull(
    verifyAuthenticationResponse({
      ...expectations,
      response: credential as AuthenticationResponseJSON, // checked by the library
      requireUserVerification: mustVerifyUser,
      credential: {
        id: key.credentialId,
        publicKey: new Uint8Array(Buffer.from(key.publicKey, 'base64url')),
        counter: key.counter,
      },
    }),
  )
  if (!verified?.verified) return null
  const { newCounter, credentialDeviceType } = verified.authenticationInfo
  // WebAuthn Level 3 §7.2, step 19: what a key is does not change.
  const isSameKind = (credentialDeviceType === 'multiDevice') === key.isBackupEligible
  return isSameKind ? newCounter : null
}

/** What an answer has to match; null where there is no challenge, or the page was a stranger's. */
function expectedOf(ctx: Exchange, credential: unknown) {
  const current = currentChallenge(ctx)
  const clientData = readClientData(credential)
  const expectedRPID = relyingPartyId(ctx)
  if (!current || !clientData || expectedRPID === '') return null
  const { origin, isFramed } = clientData
  if (isFramed || !isAllowedOrigin(origin, expectedRPID, ctx.server.settings.mfa)) {
    const named = origin.slice(0, 200)
    ctx.server.log.info(
      { origin: named, isFramed, expectedRPID },
      'a security key is used on a foreign page',
    )
    return null
  }
  const { challenge: expectedChallenge, isPasswordless } = current
  return { expectedChallenge, expectedOrigin: origin, expectedRPID, isPasswordless }
}

/** What the library leaves to the first use: an id as long as it may be, and a key that can verify. */
async function isUsable({ id, publicKey }: WebAuthnCredential): Promise<boolean> {
  const { length } = Buffer.from(id, 'base64url')
  if (length === 0 || length > mostIdBytes) return false
  const { verifySignature } = await import('@simplewebauthn/server/helpers')
  const attempt = {
    signature: wrongSignature,
    data: new Uint8Array(1),
    credentialPublicKey: publicKey,
  }
  return (await orNull(verifySignature(attempt))) !== null
}

function claimedResidence({ clientExtensionResults }: RegistrationResponseJSON) {
  const claimed = memberOf(memberOf(clientExtensionResults, 'credProps'), 'rk')
  return typeof claimed === 'boolean' ? claimed : undefined
}

/** The library throws for whatever does not match, and says so in words alone. */
async function orNull<T>(verification: Promise<T>): Promise<T | null> {
  try {
    return await verification
  } catch {
    return null
  }
}
