import {
  activateUser,
  deactivateUser,
  deleteUser,
  type OperatorParts,
} from '../../operators/users.ts'
import { type Command, type CommandValues, exitCodes, UsageError } from '../command.ts'
import { userOptions, withNamedUser } from '../named-user.ts'

export const usersDeactivateCommand: Command = {
  name: 'users deactivate',
  summary: 'Keep a user from logging in, and end what there is',
  help: `Ends at once, on every node: sessions, log-ins under way, codes and links that were mailed, and the
trust of browsers. The account stays as it is. Prints the id.`,
  options: userOptions,
  run: (values) => actOn(values, deactivateUser),
}

export const usersActivateCommand: Command = {
  name: 'users activate',
  summary: 'Let a user log in again who was deactivated',
  help: 'Nothing that the deactivation ended comes back. Prints the id.',
  options: userOptions,
  run: (values) => actOn(values, activateUser),
}

export const usersDeleteCommand: Command = {
  name: 'users delete',
  summary: 'Remove a user for good',
  help: `Removes the user with addresses, number, password, factors, sessions and trusted browsers. What the
table of events says of them stays. There is no way back. Prints the id.`,
  options: {
    ...userOptions,
    yes: { type: 'boolean', help: 'Has to be given: nothing is asked.' },
  },
  async run(values) {
    if (values.yes !== true) throw new UsageError('a user is removed for good: add --yes')
    return actOn(values, deleteUser)
  },
}

async function actOn(
  values: CommandValues,
  act: (parts: OperatorParts, id: string) => Promise<void>,
): Promise<number> {
  const id = await withNamedUser(values, async (db, user) => {
    await act({ db, now: Date.now, means: 'command line' }, user.id)
    return user.id
  })
  process.stdout.write(`${id}\n`)
  return exitCodes.done
}
