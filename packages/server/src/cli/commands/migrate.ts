import { databaseFor } from '../../assemble.ts'
import { migrate } from '../../storage/migrate.ts'
import { type Command, exitCodes } from '../command.ts'
import { settingsOfProcess } from '../settings.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Bring the schema of the database up to date',
  help: 'Applies the steps that the database does not have yet. `serve` does the same at its start.',
  options: {},
  async run() {
    const { settings } = await settingsOfProcess()
    const db = databaseFor(settings)
    try {
      const applied = await migrate(db, Date.now)
      for (const name of applied) process.stdout.write(`applied ${name}\n`)
      if (applied.length === 0) process.stdout.write('The schema is up to date.\n')
      return exitCodes.done
    } finally {
      await db.destroy()
    }
  },
}
