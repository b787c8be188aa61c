import { seal, unseal } from '../authenticators/seal.ts'
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
}

/**
 * Encrypts what is kept of authenticators under the first secret, so that earlier ones can go. Servers
 * may run meanwhile: what they change in this moment they have written under the first secret already.
 */
export async function resealAll(db: Database, keys: Keys): Promise<Resealed> {
  return {
    authenticators: await resealAuthenticators(db, keys),
    codes: await resealCodes(db, keys),
    codesLeft: await countUnreadableCodes(db),
  }
}

async function resealAuthenticators(db: Database, keys: Keys): Promise<number> {
  let after = ''
  let count = 0
  for (;;) {
    const page = await pageOfAuthenticators(db, { after, limit: pageSize })
    for (const { id, data: from } of page.filter(({ data }) => data !== '')) {
      const to = seal(keys, id, unseal(keys, id, from))
      if (await replaceData(db, { id, from, to })) count += 1
    }
    after = page.at(-1)?.id ?? ''
    if (page.length < pageSize) return count
  }
}

async function resealCodes(db: Database, keys: Keys): Promise<number> {
  let after: CodePlace = { authenticatorId: '', position: 0 }
  let count = 0
  for (;;) {
    const page = await listReadableCodes(db, { after, limit: pageSize })
    for (const { sealedCode: from, ...place } of page) {
      const id = place.authenticatorId
      const code = String(unseal(keys, id, from))
      const codeHash = hashCode(keys.current('recovery'), id, code)
      await replaceCode(db, place, { from, to: { codeHash, sealedCode: seal(keys, id, code) } })
      count += 1
      after = place
    }
    if (page.length < pageSize) return count
  }
}
