import type { Stage } from '../../exchange.ts'

/** Asks whether to trust the browser, after a step that trust would have spared. */
export const mfaTrust: Stage = {
  id: 'mfa_trust',

  async applies({ client, server }, { proofs, isSignup, userId }) {
    if (client !== 'browser' || userId === null) return false
    const { account, mfa } = server.settings
    // What was asked for instead of a password, a code or a passkey, is no further step.
    const wasFurther = proofs.length > 1 || isSignup
    const wasByCode = proofs.some(({ method }) => method === 'code')
    const wasByFactor = proofs.some((it) => it.method === 'mfa' && !it.passwordless)
    const mayBeSpared =
      (wasByCode && account.loginByCodeTrustEnabled) || (wasByFactor && mfa.trustEnabled)
    return wasFurther && mayBeSpared
  },

  enter: async () => 'waits',
  isAlive: async () => true,
}
