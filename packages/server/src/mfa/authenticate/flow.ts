import { proofBy } from '../../authenticators/describe.ts'
import { listAuthenticators } from '../../authenticators/store.ts'
import type { Exchange, MethodRecord } from '../../exchange.ts'
import { proveWithinLimit } from '../prove.ts'

/** Proves by a code of any kind of authenticator, which is used up by it. */
export async function proveByCode(
  ctx: Exchange,
  userId: string,
  code: string,
): Promise<MethodRecord> {
  const { write, proof } = await proveWithinLimit(ctx, { userId, param: 'code' }, () =>
    findMatch(ctx, userId, code),
  )
  ctx.pending.writes.push(write)
  return proof
}

async function findMatch(ctx: Exchange, userId: string, code: string) {
  const own = await listAuthenticators(ctx.server.db, userId)
  for (const kind of ctx.server.authenticators) {
    for (const authenticator of own.filter(({ type }) => type === kind.type)) {
      const write = await kind.matchCode?.(ctx, authenticator, code)
      if (write) return { write, proof: proofBy(ctx, authenticator) }
    }
  }
  return null
}
