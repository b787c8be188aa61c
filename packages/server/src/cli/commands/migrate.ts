import { databaseFor, migrateDatabase } from '../../database.ts'
import type { Settings } from '../../settings/settings.ts'
import { findProblems, schemaState } from '../../storage/migrate.ts'
import { DataDoesNotFit } from '../../storage/migration.ts'
import { scriptOf } from '../../storage/migration-script.ts'
import { type Command, exitCodes, UsageError } from '../command.ts'
import { settingsOfProcess } from '../settings.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Bring the schema of the database up to date',
  help: `Applies the steps that the database does not have yet. \`serve\` does the same at its start. Servers of the
version before may run meanwhile. Where data is in the way of a step, nothing is applied: it lists what, and
ends with 1.`,
  options: {
    'dry-run': { type: 'boolean', help: 'Print the SQL of the steps, and change nothing.' },
    check: {
      type: 'boolean',
      help: 'List the steps, change nothing, and end with 1 if there are any.',
    },
  },
  async run(values) {
    if (values.check && values['dry-run']) throw new UsageError('--check or --dry-run, not both')
    const { settings } = await settingsOfProcess()
    if (values['dry-run']) return print(settings)
    if (values.check) return check(settings)
    const applied = await migrateDatabase(settings, Date.now)
    for (const name of applied) process.stdout.write(`applied ${name}\n`)
    if (applied.length === 0) process.stdout.write(upToDate)
    return exitCodes.done
  },
}

const upToDate = 'The schema is up to date.\n'

/** In a form that is no mistake in a script of SQL. */
async function print(settings: Settings): Promise<number> {
  const db = databaseFor(settings)
  try {
    const { pending } = await schemaState(db)
    const script = pending.length > 0 ? await scriptOf(db, pending, Date.now()) : `-- ${upToDate}`
    process.stdout.write(script)
    const problems = await findProblems(db, pending)
    if (problems.length > 0) throw new DataDoesNotFit(problems)
    return exitCodes.done
  } finally {
    await db.destroy()
  }
}

async function check(settings: Settings): Promise<number> {
  const db = databaseFor(settings)
  try {
    const { pending, unknown } = await schemaState(db)
    for (const { migration } of pending) process.stdout.write(`pending ${migration.name}\n`)
    for (const name of unknown) process.stdout.write(`of a later version ${name}\n`)
    if (pending.length > 0) return exitCodes.failed
    process.stdout.write(upToDate)
    return exitCodes.done
  } finally {
    await db.destroy()
  }
}
