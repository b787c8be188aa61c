import { parseArgs } from 'node:util'
import packageJson from '../../package.json' with { type: 'json' }
import { SettingsError } from '../settings/settings-error.ts'
import { DataDoesNotFit } from '../storage/migration.ts'
import { type Command, CommandError, exitCodes, UsageError } from './command.ts'
import { auditCommand } from './commands/audit.ts'
import { auditRestartCommand } from './commands/audit-restart.ts'
import { auditVerifyCommand } from './commands/audit-verify.ts'
import { keysGenerateCommand } from './commands/keys-generate.ts'
import { keysListCommand } from './commands/keys-list.ts'
import { keysRotateCommand } from './commands/keys-rotate.ts'
import { migrateCommand } from './commands/migrate.ts'
import { openapiCommand } from './commands/openapi.ts'
import { resealCommand } from './commands/reseal.ts'
import { secretCommand } from './commands/secret.ts'
import { serveCommand } from './commands/serve.ts'
import { settingsCheckCommand } from './commands/settings-check.ts'
import {
  usersActivateCommand,
  usersDeactivateCommand,
  usersDeleteCommand,
} from './commands/users-activation.ts'
import { usersCreateCommand } from './commands/users-create.ts'
import { usersListCommand } from './commands/users-list.ts'
import { usersRemoveFactorsCommand } from './commands/users-remove-factors.ts'
import { webhooksSecretCommand } from './commands/webhooks-secret.ts'
import { helpFor, overview } from './help.ts'

const commands: readonly Command[] = [
  serveCommand,
  migrateCommand,
  usersCreateCommand,
  usersListCommand,
  usersDeactivateCommand,
  usersActivateCommand,
  usersDeleteCommand,
  usersRemoveFactorsCommand,
  auditCommand,
  auditVerifyCommand,
  auditRestartCommand,
  settingsCheckCommand,
  openapiCommand,
  secretCommand,
  keysListCommand,
  keysRotateCommand,
  keysGenerateCommand,
  webhooksSecretCommand,
  resealCommand,
]

/** Runs the command that the words name, and ends the process unless it is a server. */
export async function main(words: readonly string[]): Promise<void> {
  process.stdout.on('error', endWithReader)
  const code = await run(words)
  if (code !== undefined) process.exitCode = code
}

async function run(words: readonly string[]): Promise<number | undefined> {
  const [first] = words
  if (first === undefined || ['--help', '-h', 'help'].includes(first)) {
    process.stdout.write(overview(commands))
    return first === undefined ? exitCodes.usage : exitCodes.done
  }
  if (first === '--version') {
    process.stdout.write(`${packageJson.version}\n`)
    return exitCodes.done
  }
  const command = findCommand(words)
  if (!command) return refuse(`latchkey: there is no command "${words.join(' ')}"`)
  return runCommand(command, words.slice(command.name.split(' ').length))
}

/** The command with the most of the words: `audit verify` is not `audit`. */
function findCommand(words: readonly string[]): Command | undefined {
  const length = ({ name }: Command) => name.split(' ').length
  return commands
    .filter((it) => words.slice(0, length(it)).join(' ') === it.name)
    .toSorted((a, b) => length(b) - length(a))[0]
}

async function runCommand(command: Command, words: readonly string[]): Promise<number | undefined> {
  const options = { ...command.options, help: { type: 'boolean', short: 'h' } } as const
  let values: ReturnType<typeof parseArgs>['values']
  try {
    values = parseArgs({ args: [...words], options, strict: true }).values
  } catch (error) {
    return refuse(`latchkey ${command.name}: ${messageOf(error)}`)
  }
  if (values.help) {
    process.stdout.write(helpFor(command))
    return exitCodes.done
  }
  try {
    // No option of a command is repeatable, so no value is a list.
    return await command.run(values as Record<string, string | boolean>)
  } catch (error) {
    if (error instanceof SettingsError) {
      process.stderr.write(`${error.message}\n`)
      return exitCodes.settings
    }
    if (error instanceof UsageError) return refuse(`latchkey ${command.name}: ${error.message}`)
    const isForPerson = error instanceof CommandError || error instanceof DataDoesNotFit
    if (!isForPerson) throw error
    process.stderr.write(`latchkey ${command.name}: ${error.message}\n`)
    return exitCodes.failed
  }
}

/** Whoever read the output has seen enough, such as `head`: that is no failure. */
function endWithReader(error: Error): void {
  if (!('code' in error) || error.code !== 'EPIPE') throw error
  process.exit(exitCodes.done)
}

function refuse(problem: string): number {
  process.stderr.write(`${problem}\nlatchkey --help lists the commands.\n`)
  return exitCodes.usage
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
