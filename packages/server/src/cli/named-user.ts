import type { EventParts } from '../events/store.ts'
import type { Database } from '../storage/open.ts'
import { oneSpelling } from '../users/spelling.ts'
import { findUserById, findUserByUsername, findUsersByEmail, type User } from '../users/users.ts'
import { CommandError, type CommandValues, textOption, UsageError } from './command.ts'
import { requireSealedLog } from './sealed-log.ts'
import { settingsOfProcess } from './settings.ts'
import { keysOfServers, withDatabase } from './with-database.ts'

/** The options of a command for one user. */
export const userOptions = {
  email: { type: 'string', help: 'An address of the user.' },
  username: { type: 'string', help: 'The username.' },
  id: { type: 'string', help: 'The id, as `users list` prints it.' },
} as const

const finders: Readonly<
  Record<keyof typeof userOptions, (db: Database, text: string) => Promise<User[]>>
> = {
  email: (db, text) => findUsersByEmail(db, oneSpelling(text.trim())),
  username: async (db, text) => listOf(await findUserByUsername(db, text.trim())),
  id: async (db, text) => listOf(await findUserById(db, text.trim())),
}

/** What is done to a user with. */
export interface UserParts {
  db: Database
  /** What its events are written with. */
  events: EventParts
}

/**
 * Does something to the user whom the options name, and returns what came of it.
 * @throws UsageError unless exactly one of them is given; CommandError where that is not one user, or
 * where what is done could not be told in the audit log.
 */
export async function withNamedUser<T>(
  values: CommandValues,
  act: (parts: UserParts, user: User) => Promise<T>,
): Promise<T> {
  const given = Object.entries(finders).flatMap(([name, find]) => {
    const text = textOption(values, name)
    return text === undefined ? [] : [{ text, find }]
  })
  const [named, ...more] = given
  if (!named || more.length > 0) throw new UsageError('expected --email, --username or --id')
  const { settings } = await settingsOfProcess()
  const events = { settings, keys: keysOfServers(settings) }
  return withDatabase(settings, async (db) => {
    await requireSealedLog(db, events.keys)
    const [user, ...others] = await named.find(db, named.text)
    if (!user) throw new CommandError(`there is no such user: ${named.text}`)
    if (others.length > 0) {
      throw new CommandError(`several users have ${named.text}: name one by --id`)
    }
    return await act({ db, events }, user)
  })
}

function listOf(user: User | null): User[] {
  return user ? [user] : []
}
