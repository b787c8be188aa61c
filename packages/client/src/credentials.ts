import type { CreationOptions, RequestOptions } from '@latchkey/contract'
import { bytesOf, toBase64url } from './base64url.ts'
import { LatchkeyError } from './errors.ts'
import type { Input } from './types.ts'

/** A credential as the API takes it. */
type WireCredential = Input<'logInWithWebAuthn'>['credential']

/** Whether this browser can have and show passkeys. */
export function supportsPasskeys(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && 'credentials' in navigator
}

/** Lets the user show a key. @throws DOMException, LatchkeyError */
export async function showKey(
  { publicKey: wire }: RequestOptions,
  request: CredentialRequestOptions,
): Promise<WireCredential> {
  requireSupport()
  const publicKey =
    parse('parseRequestOptionsFromJSON', wire) ??
    ({
      ...wire,
      challenge: bytesOf(wire.challenge),
      allowCredentials: wire.allowCredentials.map(descriptor),
    } satisfies PublicKeyCredentialRequestOptions)
  return written(await navigator.credentials.get({ ...request, publicKey }))
}

/** Lets the user make a key. @throws DOMException, LatchkeyError */
export async function createKey(
  { publicKey: wire }: CreationOptions,
  request: CredentialCreationOptions,
): Promise<WireCredential> {
  requireSupport()
  const publicKey =
    parse('parseCreationOptionsFromJSON', wire) ??
    ({
      ...wire,
      challenge: bytesOf(wire.challenge),
      user: { ...wire.user, id: bytesOf(wire.user.id) },
      excludeCredentials: wire.excludeCredentials.map(descriptor),
    } satisfies PublicKeyCredentialCreationOptions)
  return written(await navigator.credentials.create({ ...request, publicKey }))
}

function requireSupport(): void {
  if (!supportsPasskeys()) throw new LatchkeyError('unexpected', 'passkeys need a browser')
}

type Parser = 'parseRequestOptionsFromJSON' | 'parseCreationOptionsFromJSON'

/** As the browser reads it; undefined in one that can not (before 2025, many). */
// biome-ignore lint/suspicious/noExplicitAny: the contract and the DOM describe the same JSON differently.
function parse(how: Parser, wire: any): any {
  return PublicKeyCredential[how]?.(wire)
}

function descriptor<D extends { id: string }>(wire: D) {
  return { ...wire, id: bytesOf(wire.id) }
}

/** @throws LatchkeyError where the browser gives nothing that can be sent. */
function written(credential: Credential | null): WireCredential {
  if (!credential || !('rawId' in credential)) {
    throw new LatchkeyError('unexpected', 'the browser gave no key')
  }
  // It was asked for a public key. Managers of passwords put their own in its place, of no class.
  const key = credential as PublicKeyCredential
  // The contract and the DOM describe the same JSON differently.
  return ('toJSON' in key ? key.toJSON() : jsonOf(key)) as unknown as WireCredential
}

/** What `toJSON` would make of it (WebAuthn Level 3 §5.1). */
function jsonOf(key: PublicKeyCredential): object {
  // One of the two kinds: what the other has is undefined, and so left out of the JSON.
  const response = key.response as Partial<AuthenticatorAttestationResponse> &
    Partial<AuthenticatorAssertionResponse>
  const text = (bytes?: ArrayBuffer | null) => (bytes ? toBase64url(bytes) : undefined)
  return {
    id: key.id,
    rawId: toBase64url(key.rawId),
    type: key.type,
    authenticatorAttachment: key.authenticatorAttachment ?? undefined,
    clientExtensionResults: key.getClientExtensionResults(),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: response.getTransports?.(),
      authenticatorData: response.attestationObject ? undefined : text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: text(response.userHandle),
    },
  }
}
