import type { Stage } from '../../exchange.ts'

/** Asks whether to trust the browser, after a step that trust would have spared. */
export const mfaTrust: Stage = {
  id: 'mfa_trust',

  async applies({ client, server }, { proofs, isSignup, userId }) {
    if (client !== 'browser' || userId === null) return false
    // A code that was asked for instead of a password is no further step.
    const wasFurther = proofs.length > 1 || isSignup
    const wasByCode = proofs.some(({ method }) => method === 'code')
    return wasFurther && wasByCode && server.settings.account.loginByCodeTrustEnabled
  },

  enter: async () => 'waits',
  isAlive: async () => true,
}
