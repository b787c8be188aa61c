import type { Exchange } from '../exchange.ts'
import { refund, trySpend } from '../limits/limits.ts'

/**
 * Compares a proof within the limit on failed logins: paid for before, given back where it was right
 * or nothing could be compared. Null where too many have failed.
 */
export async function compareWithinLimit<T>(
  ctx: Exchange,
  key: string | undefined,
  compare: () => Promise<T | false>,
): Promise<T | false | null> {
  const attempt = await trySpend(ctx, 'login_failed', key)
  if ('retryAfterMs' in attempt) return null
  try {
    const found = await compare()
    if (found !== false) await refund(ctx, attempt.paid)
    return found
  } catch (error) {
    // Where nothing was compared, because the server was too busy or something failed, it was no try.
    await refund(ctx, attempt.paid)
    throw error
  }
}

/** Whether the password is the stored one. Takes as long where none is stored. */
export async function matchesStored(
  { server: { hasher } }: Exchange,
  password: string,
  hash: string | null,
): Promise<boolean> {
  return (await hasher.verify(password, hash ?? hasher.decoy)) && hash !== null
}
