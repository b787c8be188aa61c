import { secondsNow } from '../authentication/records.ts'
import type { Exchange, MethodRecord } from '../exchange.ts'
import type { Authenticator } from './store.ts'

/** An authenticator as answers show it. */
export async function describeAuthenticator(
  ctx: Exchange,
  authenticator: Authenticator,
): Promise<Record<string, unknown>> {
  const { type, createdAt, lastUsedAt } = authenticator
  const kind = ctx.server.authenticators.find((it) => it.type === type)
  return {
    type,
    created_at: createdAt / 1000,
    last_used_at: lastUsedAt === null ? null : lastUsedAt / 1000,
    ...(await kind?.describe(ctx, authenticator)),
  }
}

/** The types to choose from, as flows list them. */
export function typesOf(authenticators: readonly Authenticator[]): string[] {
  return [...new Set(authenticators.map(({ type }) => type))].sort()
}

/** That a user has just proved to have an authenticator. */
export function proofBy(ctx: Exchange, { number, type }: Authenticator): MethodRecord {
  return { method: 'mfa', at: secondsNow(ctx), id: number, type }
}
