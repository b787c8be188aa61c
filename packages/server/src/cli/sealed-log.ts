import type { Keys } from '../crypto/keys.ts'
import { isHeadSealed } from '../events/chain/reseal.ts'
import type { Database } from '../storage/open.ts'
import { CommandError } from './command.ts'

/**
 * Makes sure that the audit log can be written: behind a seal of another secret, nobody could tell any
 * more whether it was changed.
 * @throws CommandError where none of the secrets has sealed its end.
 */
export async function requireSealedLog(db: Database, keys: Keys): Promise<void> {
  if (await isHeadSealed(db, keys)) return
  throw new CommandError(
    'the audit log is sealed by none of the secrets, so nothing was done: is SECRET_KEY that of the servers, or one missing in SECRET_KEY_FALLBACKS? If not, see latchkey audit restart --help',
  )
}
