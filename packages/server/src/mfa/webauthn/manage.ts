import { notify } from '../../account/notices.ts'
import { requireRecentProof } from '../../authentication/recent.ts'
import { signedInUser } from '../../authentication/signed-in.ts'
import { type Authenticator, replaceData } from '../../authenticators/store.ts'
import { LostRace, ReauthenticationRequired } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange } from '../../exchange.ts'
import { commit } from '../../sessions/commit.ts'
import { addRecoveryCodes, removeFactors } from '../factors.ts'
import { storeKey, takeNewKey } from './create.ts'
import { readKey, writeKey } from './key.ts'

/** Adds a key to the account, with recovery codes where it is the first factor. */
export async function addKey(
  ctx: Exchange,
  { name, credential }: { name: string; credential: unknown },
): Promise<{ authenticator: Authenticator; wereCodesMade: () => boolean }> {
  const user = signedInUser(ctx)
  const key = await takeNewKey(ctx, credential)
  await requireRecentProofOrSpend(ctx)
  const authenticator = await storeKey(ctx, user.id, { name, ...key })
  const wereCodesMade = addRecoveryCodes(ctx, user.id)
  notify(ctx, user, 'webauthn_added', { name: readKey(ctx, authenticator).name })
  return { authenticator, wereCodesMade }
}

/** Where the user has to prove to be the one first, the challenge is used up all the same. */
async function requireRecentProofOrSpend(ctx: Exchange): Promise<void> {
  try {
    await requireRecentProof(ctx)
  } catch (error) {
    if (error instanceof ReauthenticationRequired) await commit(ctx)
    throw error
  }
}

/** Gives a key another name. */
export async function renameKey(
  ctx: Exchange,
  authenticator: Authenticator,
  to: string,
): Promise<Authenticator> {
  await requireRecentProof(ctx)
  const { id, userId, data: from } = authenticator
  const key = readKey(ctx, authenticator)
  const data = writeKey(ctx, id, { ...key, name: to })
  ctx.pending.writes.push(async (tx) => {
    if (!(await replaceData(tx, { id, from, to: data }))) throw new LostRace()
  })
  emit(ctx, { type: 'webauthn_renamed', userId, from: key.name, to })
  return { ...authenticator, data }
}

/** Removes keys; the recovery codes go along with the last factor. */
export async function removeKeys(ctx: Exchange, keys: readonly Authenticator[]): Promise<void> {
  await requireRecentProof(ctx)
  const user = signedInUser(ctx)
  removeFactors(
    ctx,
    user.id,
    keys.map(({ id }) => id),
  )
  for (const authenticator of keys) {
    const { name } = readKey(ctx, authenticator)
    emit(ctx, { type: 'webauthn_removed', userId: user.id, name })
    notify(ctx, user, 'webauthn_removed', { name })
  }
}
