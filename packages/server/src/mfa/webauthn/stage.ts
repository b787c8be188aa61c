import type { Stage } from '../../exchange.ts'

/** Stops a signup that began without a password until it has a passkey. */
export const mfaSignupWebauthn: Stage = {
  id: 'mfa_signup_webauthn',
  applies: async (_ctx, { needsPasskey }) => needsPasskey ?? false,
  enter: async () => 'waits',
  isAlive: async () => true,
}
