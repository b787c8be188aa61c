import { typesOf } from '../../authenticators/describe.ts'
import { hasFactor, listAuthenticators } from '../../authenticators/store.ts'
import type { FlowOffer, Stage } from '../../exchange.ts'
import { isMfaOn } from '../../settings/mfa-on.ts'
import { isTrustedBrowser } from '../../trusted-browsers/trust.ts'

/** Stops a login until a second factor is shown, where the user has one. */
export const mfaAuthenticate: Stage = {
  id: 'mfa_authenticate',
  // A factor may be set up, in another session, while this login waits for something else.
  mayComeLate: true,
  // The API has it so: what is left to show is another proof.
  outlivesPasswordChange: true,

  async applies(ctx, { userId, proofs, isFresh, needsPasskey, passed }, db = ctx.server.db) {
    const { settings } = ctx.server
    if (userId === null || !isMfaOn(settings)) return false
    // Whoever signs up with a passkey has just made it.
    if (needsPasskey && passed.includes('mfa_signup_webauthn')) return false
    // A passkey is both: something that the user has, and knows or is.
    if (proofs.some(({ method }) => method === 'mfa')) return false
    if (!(await hasFactor(db, userId))) return false
    const mayBeSpared = settings.mfa.trustEnabled && !isFresh
    return !(mayBeSpared && (await isTrustedBrowser(ctx, userId, db)))
  },

  enter: async () => 'waits',
  isAlive: async () => true,

  async describe({ server }, { userId }) {
    return { types: userId === null ? [] : typesOf(await listAuthenticators(server.db, userId)) }
  },
}

/** How somebody signed in proves again to be the one by a second factor. */
export const mfaReauthenticateOffer: FlowOffer = async ({ server, session }) => {
  if (!session.user || !isMfaOn(server.settings)) return null
  const types = typesOf(await listAuthenticators(server.db, session.user.id))
  return types.length > 0 ? { id: 'mfa_reauthenticate', types } : null
}
