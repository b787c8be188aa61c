import type { AuthenticatorKind } from '../../exchange.ts'
import { readKey } from './key.ts'

/** A security key or passkey. */
export const webauthn: AuthenticatorKind = {
  type: 'webauthn',

  async describe(ctx, authenticator) {
    const { name, isPasswordless } = readKey(ctx, authenticator)
    return {
      id: authenticator.number,
      name,
      ...(isPasswordless !== undefined && { is_passwordless: isPasswordless }),
    }
  },
}
