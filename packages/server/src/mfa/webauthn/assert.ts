import { proofBy } from '../../authenticators/describe.ts'
import {
  type Authenticator,
  findAuthenticator,
  noteUse,
  replaceData,
} from '../../authenticators/store.ts'
import { LostRace, Refusal } from '../../errors.ts'
import type { Exchange, MethodRecord } from '../../exchange.ts'
import { memberOf } from '../../http/input.ts'
import { proveWithinLimit } from '../prove.ts'
import { spendChallenge } from './challenge.ts'
import { readClientData } from './client-data.ts'
import { readKey, type SecurityKey, uniqueKeyOf, userHandle, writeKey } from './key.ts'
import { verifyAssertion } from './verify.ts'

interface Use {
  authenticator: Authenticator
  key: SecurityKey
  counter: number
}

/** Proves by one of the user's keys, after another proof. */
export async function proveByKey(
  ctx: Exchange,
  userId: string,
  credential: unknown,
): Promise<MethodRecord> {
  requireAssertion(credential)
  const own = await findOwner(ctx, credential)
  const use = await proveWithinLimit(ctx, { userId, param: 'credential' }, async () => {
    if (own?.userId !== userId) return null
    const handle = handleOf(credential)
    // A key that names its user names this one.
    if (handle !== undefined && handle !== userHandle(userId)) return null
    return verify(ctx, credential, { authenticator: own, mustVerifyUser: false })
  })
  return useUp(ctx, use)
}

/** Proves by a passkey alone who somebody is: it has to be one, and to have verified its user. */
export async function proveByPasskey(
  ctx: Exchange,
  credential: unknown,
): Promise<{ userId: string; proof: MethodRecord }> {
  requireAssertion(credential)
  const own = await findOwner(ctx, credential)
  const claim = { userId: own?.userId ?? null, param: 'credential' } as const
  const use = await proveWithinLimit(ctx, claim, async () => {
    if (!own || handleOf(credential) !== userHandle(own.userId)) return null
    if (!readKey(ctx, own).isDiscoverable) return null
    return verify(ctx, credential, { authenticator: own, mustVerifyUser: true })
  })
  const proof = { ...useUp(ctx, use), passwordless: true }
  return { userId: use.authenticator.userId, proof }
}

/**
 * Insists on what every key returns. Without it there is nothing to compare, and no try is counted.
 * @throws Refusal `incorrect_code`
 */
function requireAssertion(credential: unknown): void {
  const response = memberOf(credential, 'response')
  const texts = [
    memberOf(credential, 'id'),
    memberOf(response, 'authenticatorData'),
    memberOf(response, 'signature'),
  ]
  const isWhole = texts.every((it) => typeof it === 'string') && readClientData(credential) !== null
  if (!isWhole) throw new Refusal('incorrect_code', 'credential')
}

async function findOwner(ctx: Exchange, credential: unknown): Promise<Authenticator | null> {
  const id = memberOf(credential, 'id')
  return typeof id === 'string' ? findAuthenticator(ctx.server.db, uniqueKeyOf(id)) : null
}

function handleOf(credential: unknown): unknown {
  return memberOf(memberOf(credential, 'response'), 'userHandle') ?? undefined
}

async function verify(
  ctx: Exchange,
  credential: unknown,
  { authenticator, mustVerifyUser }: { authenticator: Authenticator; mustVerifyUser: boolean },
): Promise<Use | null> {
  const key = readKey(ctx, authenticator)
  const counter = await verifyAssertion(ctx, credential, { key, mustVerifyUser })
  return counter === null ? null : { authenticator, key, counter }
}

/** The answer serves once, and a count that was seen never again. */
function useUp(ctx: Exchange, { authenticator, key, counter }: Use): MethodRecord {
  const { id, data: from } = authenticator
  spendChallenge(ctx)
  ctx.pending.writes.push(async (tx) => {
    const to = counter === key.counter ? from : writeKey(ctx, id, { ...key, counter })
    const isCurrent =
      (await replaceData(tx, { id, from, to })) && (await noteUse(tx, id, ctx.server.now()))
    if (!isCurrent) throw new LostRace()
  })
  return proofBy(ctx, authenticator)
}
