import { type ListedUser, listUsers } from '../../users/list.ts'
import { type Command, exitCodes } from '../command.ts'
import { toPrintable } from '../printable.ts'
import { settingsOfProcess } from '../settings.ts'
import { withDatabase } from '../with-database.ts'

const pageSize = 500

export const usersListCommand: Command = {
  name: 'users list',
  summary: 'List the users, oldest first',
  help: 'Prints id, primary address, username and state, tab-separated; or one JSON object a line.',
  options: { json: { type: 'boolean', help: 'One JSON object a line.' } },
  async run({ json }) {
    const { settings } = await settingsOfProcess()
    return withDatabase(settings, async (db) => {
      let after = ''
      for (;;) {
        const users = await listUsers(db, { limit: pageSize, after })
        for (const user of users) {
          process.stdout.write(`${json ? toPrintable(JSON.stringify(user)) : line(user)}\n`)
        }
        after = users.at(-1)?.id ?? ''
        if (users.length < pageSize) return exitCodes.done
      }
    })
  },
}

function line({ id, email, username, is_active }: ListedUser): string {
  const cells = [id, email ?? '-', username ?? '-', is_active ? 'active' : 'inactive']
  return cells.map(toPrintable).join('\t')
}
