import { keysFor, openMigrated } from '../../assemble.ts'
import { deleteAllAuthenticators } from '../../authenticators/store.ts'
import { type EventParts, writeEventFrom } from '../../events/store.ts'
import type { Database } from '../../storage/open.ts'
import { oneSpelling } from '../../users/spelling.ts'
import { findUserById, findUsersByEmail, raiseEpoch, type User } from '../../users/users.ts'
import {
  type Command,
  CommandError,
  type CommandValues,
  exitCodes,
  textOption,
  UsageError,
} from '../command.ts'
import { withKeptSecret } from '../development.ts'
import { commandOrigin } from '../origin.ts'
import { settingsOfProcess } from '../settings.ts'

export const usersRemoveFactorsCommand: Command = {
  name: 'users remove-factors',
  summary: 'Remove the second factors of a user who has lost them',
  help: `Removes authenticator app, recovery codes, security keys and passkeys, and ends the trust of
every browser; sessions stay. Make sure first who asks for it. Whoever has no password either logs in by a code,
or resets it. Prints how many there were.`,
  options: {
    email: { type: 'string', help: 'An address of the user.' },
    id: { type: 'string', help: 'The id, as `users list` prints it.' },
  },
  async run(values) {
    const find = finderFor(values)
    const { settings } = await settingsOfProcess()
    const parts = { settings, keys: keysFor(withKeptSecret(settings)) }
    const db = await openMigrated(settings, Date.now)
    try {
      const count = await removeFactors(db, parts, await find(db))
      process.stdout.write(`${count}\n`)
      return exitCodes.done
    } finally {
      await db.destroy()
    }
  },
}

/** @throws UsageError unless exactly one of the options names the user. */
function finderFor(values: CommandValues): (db: Database) => Promise<User> {
  const email = textOption(values, 'email')
  const id = textOption(values, 'id')
  if ((email === undefined) === (id === undefined)) throw new UsageError('expected --email or --id')
  return async (db) => {
    const found = id === undefined ? null : await findUserById(db, id)
    const users = email === undefined ? [] : await findUsersByEmail(db, oneSpelling(email.trim()))
    const [user, ...others] = found ? [found] : users
    if (!user) throw new CommandError(`there is no such user: ${email ?? id}`)
    if (others.length > 0) throw new CommandError(`several users have ${email}: name one by --id`)
    return user
  }
}

function removeFactors(db: Database, parts: EventParts, { id: userId }: User): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const count = await deleteAllAuthenticators(tx, userId)
    // A login that waits for what is gone begins anew.
    await raiseEpoch(tx, userId)
    const event = { type: 'factors_removed', userId, count } as const
    if (count > 0) await writeEventFrom(tx, parts, { event, origin: commandOrigin() })
    return count
  })
}
