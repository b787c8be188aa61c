import { alone, inTime } from './ceremony.ts'
import type { Client } from './client.ts'
import { createKey, showKey, supportsPasskeys } from './credentials.ts'
import type { Answer, CallOptions, OperationName } from './types.ts'

/** What an operation answers if not what was asked for. */
type Refusal<Name extends OperationName> = Exclude<Answer<Name>, { status: 200 }>

/** Whether it can offer them in the suggestions of a field, as `isConditional` asks it to. */
export async function supportsPasskeyAutofill(): Promise<boolean> {
  if (!supportsPasskeys()) return false
  // Older browsers lack the question.
  return (await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false
}

/** How a login by passkey is asked for. */
export interface PasskeyLogin extends CallOptions {
  /** Offer it in the suggestions of a field (`autocomplete="username webauthn"`) rather than ask at once. */
  isConditional?: boolean
}

/**
 * Signs in with a passkey. What asks for one ends what asked before: a page has one such question at a time.
 * @throws DOMException `NotAllowedError` where the user declines, `AbortError` after `signal` or where another
 * was asked for; LatchkeyError
 */
export function logInWithPasskey(
  client: Client,
  { isConditional = false, signal }: PasskeyLogin = {},
): Promise<Answer<'logInWithWebAuthn'> | Refusal<'getWebAuthnLoginOptions'>> {
  return alone(signal, async (own) => {
    for (;;) {
      const asked = await client.getWebAuthnLoginOptions(undefined, own)
      if (asked.status !== 200) return asked
      const { request_options } = asked.data
      const credential = isConditional
        ? await inTime(own.signal, (it) =>
            showKey(request_options, { ...it, mediation: 'conditional' }),
          )
        : await showKey(request_options, own)
      if (credential) return client.logInWithWebAuthn({ credential }, options(signal))
    }
  })
}

/** Gives a key as second factor. Throws as `logInWithPasskey`. */
export function authenticateWithPasskey(
  client: Client,
  { signal }: CallOptions = {},
): Promise<Answer<'authenticateWithWebAuthn'> | Refusal<'getWebAuthnAuthenticationOptions'>> {
  return alone(signal, async (own) => {
    const asked = await client.getWebAuthnAuthenticationOptions(undefined, own)
    if (asked.status !== 200) return asked
    const credential = await showKey(asked.data.request_options, own)
    return client.authenticateWithWebAuthn({ credential }, options(signal))
  })
}

/** Gives a key as a new proof while signed in. Throws as `logInWithPasskey`. */
export function reauthenticateWithPasskey(
  client: Client,
  { signal }: CallOptions = {},
): Promise<Answer<'reauthenticateWithWebAuthn'> | Refusal<'getWebAuthnReauthenticationOptions'>> {
  return alone(signal, async (own) => {
    const asked = await client.getWebAuthnReauthenticationOptions(undefined, own)
    if (asked.status !== 200) return asked
    const credential = await showKey(asked.data.request_options, own)
    return client.reauthenticateWithWebAuthn({ credential }, options(signal))
  })
}

/** Makes a key for the user who is signed in: a passkey, where it is to serve without a password. */
export async function addPasskey(
  client: Client,
  {
    name,
    passwordless = false,
    signal,
  }: { name?: string; passwordless?: boolean } & CallOptions = {},
): Promise<Answer<'addWebAuthn'> | Refusal<'getWebAuthnCreationOptions'>> {
  // Before the turn begins: this may wait for a new proof, which may be a passkey.
  const asked = await client.getWebAuthnCreationOptions({ passwordless }, options(signal))
  if (asked.status !== 200) return asked
  const credential = await alone(signal, (own) => createKey(asked.data.creation_options, own))
  return client.addWebAuthn({ credential, ...(name !== undefined && { name }) }, options(signal))
}

/** Makes the passkey of a signup that waits for it. Throws as `logInWithPasskey`. */
export function completeSignupWithPasskey(
  client: Client,
  { name, signal }: { name?: string } & CallOptions = {},
): Promise<Answer<'completePasskeySignup'> | Refusal<'getPasskeySignupOptions'>> {
  return alone(signal, async (own) => {
    const asked = await client.getPasskeySignupOptions(undefined, own)
    if (asked.status !== 200) return asked
    const credential = await createKey(asked.data.creation_options, own)
    const input = { credential, ...(name !== undefined && { name }) }
    return client.completePasskeySignup(input, options(signal))
  })
}

function options(signal: AbortSignal | undefined): CallOptions {
  return signal ? { signal } : {}
}
