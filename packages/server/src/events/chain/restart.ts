import type { Keys } from '../../crypto/keys.ts'
import type { DatabaseTransaction } from '../../storage/open.ts'
import { isSealed, type Mark, sealMark } from './links.ts'
import { changeMark } from './store.ts'

/**
 * Takes both ends of the chain as they are and seals them under the first secret, whoever has sealed
 * them before. Returns the place of the last event. Write an event that says so in the same transaction.
 */
export async function acceptMarks(tx: DatabaseTransaction, keys: Keys): Promise<number> {
  const accept = (mark: Mark) => (isSealed(keys, mark) ? mark : sealAnew(keys, mark))
  await changeMark(tx, 'tail', accept)
  const head = await changeMark(tx, 'head', accept)
  return head.seq
}

/** Nothing is before the first event, so there is nothing to seal either. */
function sealAnew(keys: Keys, mark: Mark): Mark {
  return mark.seq === 0 ? { ...mark, hash: '', seal: '' } : sealMark(keys, mark)
}
