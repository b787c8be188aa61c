import { SecretMissing, seal, unseal } from '../authenticators/seal.ts'
import { pageOfAuthenticators, replaceData } from '../authenticators/store.ts'
import type { Keys } from '../crypto/keys.ts'
import type { Database } from '../storage/open.ts'
import { hashCode } from './recovery.ts'
import { type CodePlace, countUnreadableCodes, listReadableCodes, replaceCode } from './store.ts'

const pageSize = 500

/** What was written anew. */
export interface Resealed {
  authenticators: number
  codes: number
  /** Unused codes of which only a hash is kept: they stay bound to the secret of their time. */
  codesLeft: number
  /** What none of the secrets decrypts. */
  unreadable: number
}

/**
 * Encrypts what is kept of authenticators under the first secret, so that earlier ones can go. Servers
 * may run meanwhile: what they write in this moment they write under the first secret already.
 */
export async function resealAll(db: Database, keys: Keys): Promise<Resealed> {
  const authenticators = await resealAuthenticators(db, keys)
  const codes = await resealCodes(db, keys)
  return {
    authenticators: authenticators.written,
    codes: codes.written,
    codesLeft: await countUnreadableCodes(db),
    unreadable: authenticators.unreadable + codes.unreadable,
  }
}

async function resealAuthenticators(db: Database, keys: Keys) {
  const count = { written: 0, unreadable: 0 }
  let after = ''
  for (;;) {
    const page = await pageOfAuthenticators(db, { after, limit: pageSize })
    for (const { id, data: from } of page.filter(({ data }) => data !== '')) {
      const data = unsealIfPossible(keys, id, from)
      if (data === undefined) count.unreadable += 1
      else if (await replaceData(db, { id, from, to: seal(keys, id, data) })) count.written += 1
    }
    after = page.at(-1)?.id ?? ''
    if (page.length < pageSize) return count
  }
}

async function resealCodes(db: Database, keys: Keys) {
  const count = { written: 0, unreadable: 0 }
  let after: CodePlace = { authenticatorId: '', position: 0 }
  for (;;) {
    const page = await listReadableCodes(db, { after, limit: pageSize })
    for (const { sealedCode: from, ...place } of page) {
      const id = place.authenticatorId
      const code = unsealIfPossible(keys, id, from)
      after = place
      if (code === undefined) count.unreadable += 1
      else if (await replaceCode(db, place, { from, to: anew(keys, id, String(code)) })) {
        count.written += 1
      }
    }
    if (page.length < pageSize) return count
  }
}

function anew(keys: Keys, id: string, code: string) {
  const codeHash = hashCode(keys.current('recovery'), id, code)
  return { codeHash, sealedCode: seal(keys, id, code) }
}

function unsealIfPossible(keys: Keys, id: string, sealed: string): unknown {
  try {
    return unseal(keys, id, sealed)
  } catch (error) {
    if (error instanceof SecretMissing) return undefined
    throw error
  }
}
