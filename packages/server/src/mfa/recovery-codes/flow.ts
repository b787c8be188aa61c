import { notify } from '../../account/notices.ts'
import { requireRecentProof } from '../../authentication/recent.ts'
import { signedInUser } from '../../authentication/signed-in.ts'
import { unseal } from '../../authenticators/seal.ts'
import { hasFactor } from '../../authenticators/store.ts'
import { LostRace, Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange } from '../../exchange.ts'
import { commit } from '../../sessions/commit.ts'
import { lockUser } from '../../users/users.ts'
import { type CodeSet, findRecoveryCodes, makeRecoveryCodes } from '../recovery.ts'
import { forgetCodeTexts, listUnusedCodes } from '../store.ts'

/** The unused codes of the user, as far as the settings show them; null where there are none. */
export async function showCodes(ctx: Exchange): Promise<CodeSet | null> {
  const authenticator = await findRecoveryCodes(ctx.server.db, signedInUser(ctx).id)
  if (!authenticator) return null
  await requireRecentProof(ctx)
  const { unused } = await listUnusedCodes(ctx.server.db, authenticator.id)
  const sealed = unused.flatMap(({ sealedCode }) => sealedCode ?? [])
  const codes = sealed.map((it) => String(unseal(ctx.server.keys, authenticator.id, it)))
  const isOnce = ctx.server.settings.mfa.recoveryCodesShowOnce
  const wereShown = codes.length === 0 && (isOnce || unused.length > 0)
  if (wereShown) return { authenticator, codes: null }
  if (isOnce) {
    ctx.pending.writes.push(async (tx) => {
      // Somebody else was shown them meanwhile.
      if ((await forgetCodeTexts(tx, authenticator.id)) !== codes.length) throw new LostRace()
    })
    await commit(ctx)
  }
  return { authenticator, codes }
}

/** Makes new codes in the place of those before. @throws Refusal where there is no factor. */
export async function renewCodes(ctx: Exchange): Promise<CodeSet> {
  const user = signedInUser(ctx)
  if (!(await hasFactor(ctx.server.db, user.id))) {
    throw new Refusal('cannot_generate_recovery_codes')
  }
  await requireRecentProof(ctx)
  let made: CodeSet | undefined
  ctx.pending.writes.push(async (tx) => {
    await lockUser(tx, user.id)
    if (!(await hasFactor(tx, user.id))) throw new LostRace()
    made = await makeRecoveryCodes(tx, ctx, { userId: user.id, isShown: true })
  })
  emit(ctx, { type: 'recovery_codes_generated', userId: user.id })
  notify(ctx, user, 'recovery_codes_generated', {})
  await commit(ctx)
  if (!made) throw new Error('the codes were not written')
  return made
}
