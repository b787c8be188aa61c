import { type Authenticator, newAuthenticatorId } from '../../authenticators/store.ts'
import { Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange } from '../../exchange.ts'
import { addFactor } from '../factors.ts'
import { spendChallenge } from './challenge.ts'
import { readKey, type SecurityKey, uniqueKeyOf, writeKey } from './key.ts'
import { ownKeys } from './options.ts'
import { verifyCreation } from './verify.ts'

// Every answer that lists them has them all.
const mostKeys = 50

/** The key that was made for the challenge, which is used up. @throws Refusal where there is none. */
export async function takeNewKey(
  ctx: Exchange,
  credential: unknown,
): Promise<Omit<SecurityKey, 'name'>> {
  const key = await verifyCreation(ctx, credential)
  if (!key) throw new Refusal('incorrect_code')
  spendChallenge(ctx)
  return key
}

/** Stores a key under its name, or one that is made up, when the session is saved. */
export async function storeKey(
  ctx: Exchange,
  userId: string,
  { name: given, ...key }: SecurityKey,
): Promise<Authenticator> {
  const names = (await ownKeys(ctx, userId)).map((it) => readKey(ctx, it).name)
  if (names.length >= mostKeys) throw new Refusal('conflict')
  const name = given === '' ? newName(names) : given
  const { id, number } = newAuthenticatorId(ctx.server.now())
  const data = writeKey(ctx, id, { ...key, name })
  const uniqueKey = uniqueKeyOf(key.credentialId)
  const row = { id, number, userId, type: 'webauthn', uniqueKey, data } as const
  emit(ctx, { type: 'webauthn_added', userId, name })
  return addFactor(ctx, row, new Refusal('incorrect_code'))
}

/** What the API calls a key by how many there were before, or the next one that no key of the user has. */
function newName(names: readonly string[]): string {
  let count = names.length
  while (names.includes(nameOf(count))) count += 1
  return nameOf(count)
}

function nameOf(count: number): string {
  return ['Master key', 'Backup key'][count] ?? `Key nr. ${count + 1}`
}
