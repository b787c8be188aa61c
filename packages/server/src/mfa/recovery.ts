import type { KeyObject } from 'node:crypto'
import { seal } from '../authenticators/seal.ts'
import {
  type Authenticator,
  deleteAuthenticators,
  findAuthenticator,
  insertAuthenticator,
  newAuthenticatorId,
} from '../authenticators/store.ts'
import { hmac } from '../crypto/hash.ts'
import { randomText } from '../crypto/random.ts'
import { LostRace } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import type { DatabaseOrTransaction } from '../storage/open.ts'
import { insertRecoveryCodes } from './store.ts'

/** A set of recovery codes, and those of them that are left; null where they are not shown any more. */
export interface CodeSet {
  authenticator: Authenticator
  codes: string[] | null
}

/** The recovery codes of a user, of which there is one set at most. */
export function findRecoveryCodes(
  db: DatabaseOrTransaction,
  userId: string,
): Promise<Authenticator | null> {
  return findAuthenticator(db, uniqueKeyOf(userId))
}

/**
 * Makes recovery codes in the place of any that there are. Returns them. They stay readable for later
 * unless the settings show them once and `isShown` says that this is now.
 */
export async function makeRecoveryCodes(
  tx: DatabaseOrTransaction,
  ctx: Exchange,
  { userId, isShown }: { userId: string; isShown: boolean },
): Promise<CodeSet> {
  const { mfa } = ctx.server.settings
  const now = ctx.server.now()
  const before = await findRecoveryCodes(tx, userId)
  if (before) await deleteAuthenticators(tx, userId, [before.id])
  const { id, number } = newAuthenticatorId(now)
  const uniqueKey = uniqueKeyOf(userId)
  const authenticator: Authenticator = {
    id,
    number,
    userId,
    type: 'recovery_codes',
    isFactor: false,
    // Its codes have rows of their own.
    data: '',
    createdAt: now,
    lastUsedAt: null,
  }
  const isAlone = await insertAuthenticator(tx, { ...authenticator, uniqueKey }, now)
  if (!isAlone) throw new LostRace()
  const codes = drawCodes(mfa.recoveryCodeCount, mfa.recoveryCodeDigits)
  const isKept = !(mfa.recoveryCodesShowOnce && isShown)
  const rows = codes.map((code, position) => ({
    codeHash: hashCode(ctx.server.keys.current('recovery'), id, code),
    sealedCode: isKept ? seal(ctx.server.keys, id, code) : null,
    position,
  }))
  await insertRecoveryCodes(tx, id, rows)
  return { authenticator, codes }
}

/** What a code of this set may be stored as, under each of the secrets. */
export function possibleHashes({ server }: Exchange, id: string, code: string): string[] {
  return server.keys.all('recovery').map((key) => hashCode(key, id, code))
}

/** What a code is recognized by, under one of the secrets. */
export function hashCode(key: KeyObject, id: string, code: string): string {
  return hmac(key, `${id}:${code}`)
}

function drawCodes(count: number, digits: number): string[] {
  const codes = new Set<string>()
  while (codes.size < count) codes.add(randomText('0123456789', digits))
  return [...codes]
}

function uniqueKeyOf(userId: string): string {
  return `recovery_codes:${userId}`
}
