import { deleteAllAuthenticators } from '../../authenticators/store.ts'
import { writeEventFrom } from '../../events/store.ts'
import { transact } from '../../storage/transact.ts'
import { raiseEpoch, type User } from '../../users/users.ts'
import { type Command, exitCodes } from '../command.ts'
import { type UserParts, userOptions, withNamedUser } from '../named-user.ts'
import { commandOrigin } from '../origin.ts'

export const usersRemoveFactorsCommand: Command = {
  name: 'users remove-factors',
  summary: 'Remove the second factors of a user who has lost them',
  help: `Removes authenticator app, recovery codes, security keys and passkeys, and ends the trust of
every browser; sessions stay. Make sure first who asks for it. Whoever has no password either logs in by a code,
or resets it. Prints how many there were.`,
  options: userOptions,
  async run(values) {
    const count = await withNamedUser(values, removeFactors)
    process.stdout.write(`${count}\n`)
    return exitCodes.done
  },
}

function removeFactors({ db, events }: UserParts, { id: userId }: User): Promise<number> {
  return transact(db, async (tx) => {
    // A login that waits for what is gone begins anew. The user comes first, as for all who change factors.
    await raiseEpoch(tx, userId)
    const count = await deleteAllAuthenticators(tx, userId)
    const event = { type: 'factors_removed', userId, count } as const
    if (count > 0) await writeEventFrom(tx, events, { event, origin: commandOrigin() })
    return count
  })
}
