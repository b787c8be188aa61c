import { unseal } from '../../authenticators/seal.ts'
import { type Authenticator, noteUse } from '../../authenticators/store.ts'
import { LostRace, Refusal } from '../../errors.ts'
import type { AuthenticatorKind, Exchange } from '../../exchange.ts'
import { isBypass } from './bypass.ts'
import { matchingSteps, type TotpKey } from './code.ts'
import { spendStep, usedSteps } from './store.ts'

/** An authenticator app. */
export const totp: AuthenticatorKind = {
  type: 'totp',
  describe: async () => ({}),

  async matchCode(ctx, authenticator, code) {
    const { id } = authenticator
    const { now, settings } = ctx.server
    if (isBypass(ctx, code)) return (tx) => touch(tx, id, now())
    const key = keyOf(ctx, authenticator)
    const { totpTolerance: tolerance } = settings.mfa
    const steps = matchingSteps(key, code, { now: now(), tolerance })
    const used = await usedSteps(ctx.server.db, id, steps)
    const step = steps.find((it) => !used.has(it))
    if (step === undefined) return null
    const expiresAt = (step + tolerance + 1) * key.period * 1000
    return async (tx) => {
      await touch(tx, id, now())
      const isFirst = await spendStep(tx, { authenticatorId: id, step }, expiresAt)
      if (!isFirst) throw new Refusal('incorrect_code', 'code')
    }
  },
}

/** As the app was set up, whatever the settings say now. */
function keyOf(ctx: Exchange, { id, data }: Authenticator): TotpKey {
  return unseal(ctx.server.keys, id, data) as TotpKey // written by `activate` alone
}

async function touch(tx: Parameters<typeof noteUse>[0], id: string, now: number): Promise<void> {
  // Removed or replaced meanwhile: looked at anew.
  if (!(await noteUse(tx, id, now))) throw new LostRace()
}
