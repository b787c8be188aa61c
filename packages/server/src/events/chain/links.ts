import { equalText, hmac, sha256 } from '../../crypto/hash.ts'
import type { Keys } from '../../crypto/keys.ts'
import type { AuditMarkTable, EventTable } from '../../storage/tables.ts'

/** Where the chain stands: its last row, or the last one that was removed for its age. */
export interface Link {
  seq: number
  hash: string
}

export type Mark = AuditMarkTable

/** A row that is, or is to be, part of the chain. */
export type ChainRow = Omit<EventTable, 'hash' | 'seq'> & { seq: number }

/** The hash of a row: over all of it and the hash of the one before, so that none can be changed alone. */
export function hashRow(before: string, row: ChainRow): string {
  const { seq, id, type, user_id, session_id, created_at, ip, user_agent, data } = row
  const members = [seq, id, type, user_id, session_id, created_at, ip, user_agent, data]
  return sha256(JSON.stringify([before, ...members]))
}

/** Whether a row comes next, as it was written. */
export function follows({ seq, hash }: Link, row: ChainRow & { hash: string }): boolean {
  return row.seq === seq + 1 && row.hash === hashRow(hash, row)
}

/** Seals an end of the chain; who can only write to the database can not make one. */
export function sealMark(keys: Keys, mark: Omit<Mark, 'seal'>): Mark {
  return { ...mark, seal: hmac(keys.current('audit'), sealedText(mark)) }
}

/** Whether one of the secrets sealed it. The ends of a chain that nobody has begun have no seal. */
export function isSealed(keys: Keys, mark: Mark): boolean {
  if (mark.seq === 0) return mark.hash === '' && mark.seal === ''
  const text = sealedText(mark)
  return keys.all('audit').some((key) => equalText(hmac(key, text), mark.seal))
}

function sealedText({ name, seq, hash }: Omit<Mark, 'seal'>): string {
  return JSON.stringify([name, seq, hash])
}
