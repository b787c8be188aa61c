import type { RegistrationResponseJSON } from '@simplewebauthn/server'

/**
 * A new credential without the statement that attests its make, which is not asked for and not looked
 * at. Verifying one would follow the addresses in the certificates that it brings along.
 * @throws Error where there is no attestation object.
 */
export async function withoutAttestation(credential: unknown): Promise<RegistrationResponseJSON> {
  const made = credential as RegistrationResponseJSON // checked by the library, but for this:
  const { decodeAttestationObject, isoBase64URL, isoCBOR } = await import(
    '@simplewebauthn/server/helpers'
  )
  const bytes = isoBase64URL.toBuffer(made.response.attestationObject)
  const authData = decodeAttestationObject(bytes).get('authData')
  const none = new Map<string, string | Uint8Array | Map<string, string>>([
    ['fmt', 'none'],
    ['attStmt', new Map<string, string>()],
    ['authData', authData],
  ])
  const attestationObject = isoBase64URL.fromBuffer(isoCBOR.encode(none))
  return { ...made, response: { ...made.response, attestationObject } }
}
