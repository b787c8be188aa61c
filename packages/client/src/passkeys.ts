import type { Client } from './client.ts'
import { LatchkeyError } from './errors.ts'
import type { Answer, CallOptions, Input } from './types.ts'

/** Whether this browser can have and show passkeys. */
export function supportsPasskeys(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && 'credentials' in navigator
}

/** How a login by passkey is asked for. */
export interface PasskeyLogin extends CallOptions {
  /** Offer it in the suggestions of a field (`autocomplete="username webauthn"`) rather than ask at once. */
  isConditional?: boolean
}

/**
 * Signs in with a passkey. @throws DOMException `NotAllowedError` where the user declines, `AbortError` after
 * `signal`; LatchkeyError
 */
export async function logInWithPasskey(
  client: Client,
  { isConditional = false, signal }: PasskeyLogin = {},
): Promise<Answer<'logInWithWebAuthn'>> {
  const asked = await client.getWebAuthnLoginOptions(undefined, options(signal))
  if (asked.status !== 200) throw refused(asked.status)
  const credential = await show(asked.data.request_options, {
    ...options(signal),
    ...(isConditional && { mediation: 'conditional' }),
  })
  return client.logInWithWebAuthn({ credential })
}

/** Gives a key as second factor. Throws as `logInWithPasskey`. */
export async function authenticateWithPasskey(
  client: Client,
  { signal }: CallOptions = {},
): Promise<Answer<'authenticateWithWebAuthn'>> {
  const asked = await client.getWebAuthnAuthenticationOptions(undefined, options(signal))
  if (asked.status !== 200) throw refused(asked.status)
  const credential = await show(asked.data.request_options, options(signal))
  return client.authenticateWithWebAuthn({ credential })
}

/** Gives a key as a new proof while signed in. Throws as `logInWithPasskey`. */
export async function reauthenticateWithPasskey(
  client: Client,
  { signal }: CallOptions = {},
): Promise<Answer<'reauthenticateWithWebAuthn'>> {
  const asked = await client.getWebAuthnReauthenticationOptions(undefined, options(signal))
  if (asked.status !== 200) throw refused(asked.status)
  const credential = await show(asked.data.request_options, options(signal))
  return client.reauthenticateWithWebAuthn({ credential })
}

/** Makes a key for the user who is signed in: a passkey, where it is to serve without a password. */
export async function addPasskey(
  client: Client,
  { name, passwordless = false, signal }: { name?: string; passwordless?: boolean } & CallOptions,
): Promise<Answer<'addWebAuthn'> | Answer<'getWebAuthnCreationOptions'>> {
  const asked = await client.getWebAuthnCreationOptions({ passwordless }, options(signal))
  // Such as the question for a new proof.
  if (asked.status !== 200) return asked
  const credential = await make(asked.data.creation_options, options(signal))
  return client.addWebAuthn({ credential, ...(name !== undefined && { name }) })
}

/** Makes the passkey of a signup that waits for it. Throws as `logInWithPasskey`. */
export async function completeSignupWithPasskey(
  client: Client,
  { name, signal }: { name?: string } & CallOptions = {},
): Promise<Answer<'completePasskeySignup'>> {
  const asked = await client.getPasskeySignupOptions(undefined, options(signal))
  if (asked.status !== 200) throw refused(asked.status)
  const credential = await make(asked.data.creation_options, options(signal))
  return client.completePasskeySignup({ credential, ...(name !== undefined && { name }) })
}

type Credential = Input<'logInWithWebAuthn'>['credential']

async function show(wire: object, request: CredentialRequestOptions): Promise<Credential> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(optionsIn(wire))
  return written(await navigator.credentials.get({ ...request, publicKey }))
}

async function make(wire: object, request: CredentialCreationOptions): Promise<Credential> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(optionsIn(wire))
  return written(await navigator.credentials.create({ ...request, publicKey }))
}

/** The API wraps the options as browsers take them. */
// biome-ignore lint/suspicious/noExplicitAny: the contract and the DOM describe the same JSON differently.
function optionsIn(wire: object): any {
  return Reflect.get(wire, 'publicKey')
}

/** @throws LatchkeyError where the browser gives nothing that can be sent. */
function written(credential: globalThis.Credential | null): Credential {
  if (!(credential instanceof PublicKeyCredential)) {
    throw new LatchkeyError('unexpected', 'the browser gave no key')
  }
  return credential.toJSON() as unknown as Credential
}

function refused(status: number): LatchkeyError {
  return new LatchkeyError('unexpected', `the server gave no question for a key: ${status}`)
}

function options(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal ? { signal } : {}
}
