import { text } from 'node:stream/consumers'
import { writeEventFrom } from '../../events/store.ts'
import { hasherFor } from '../../passwords/from-settings.ts'
import { allLanguages, isLanguage } from '../../settings/languages.ts'
import {
  createUser,
  type UserCreation,
  type UserInput,
  UserInputError,
} from '../../users/create.ts'
import {
  type Command,
  CommandError,
  type CommandValues,
  exitCodes,
  textOption,
  UsageError,
} from '../command.ts'
import { commandOrigin } from '../origin.ts'
import { requireSealedLog } from '../sealed-log.ts'
import { settingsOfProcess } from '../settings.ts'
import { parseUserInput } from '../user-input.ts'
import { keysOfServers, withDatabase } from '../with-database.ts'

export const usersCreateCommand: Command = {
  name: 'users create',
  summary: 'Create a user, by options or from JSON on standard input',
  help: `Without options, reads one JSON object from standard input:
{ email?, username?, phone?, password (null: none), email_verified = true, phone_verified = true,
  is_active = true, extra_emails?: [{ email, verified }], language? }
With options, reads the password from standard input if --password-stdin is given. Prints the id.`,
  options: {
    email: { type: 'string', help: 'The primary address.' },
    username: { type: 'string', help: 'Made up where it is left out.' },
    phone: { type: 'string', help: 'A number in E.164, such as +31612345678.' },
    language: { type: 'string', help: `Of messages to them: ${allLanguages.join(', ')}.` },
    'password-stdin': { type: 'boolean', help: 'Read the password from standard input.' },
    unverified: { type: 'boolean', help: 'Address and number still have to be verified.' },
  },
  async run(values) {
    const input = await readUser(values)
    const { settings } = await settingsOfProcess()
    const writing = { settings, keys: keysOfServers(settings) }
    return withDatabase(settings, async (db) => {
      try {
        await requireSealedLog(db, writing.keys)
        const parts: UserCreation = {
          db,
          hasher: hasherFor(settings),
          account: settings.account,
          now: Date.now,
          async note(tx, userId) {
            const event = { type: 'user_created', userId } as const
            await writeEventFrom(tx, writing, { event, origin: commandOrigin() })
          },
        }
        process.stdout.write(`${await createUser(parts, input)}\n`)
        return exitCodes.done
      } catch (error) {
        throw error instanceof UserInputError ? new CommandError(error.message) : error
      }
    })
  },
}

async function readUser(values: CommandValues): Promise<UserInput> {
  if (Object.keys(values).length === 0) return readJsonUser()
  const isVerified = values.unverified !== true
  const { email, username, phone, language } = {
    email: textOption(values, 'email'),
    username: textOption(values, 'username'),
    phone: textOption(values, 'phone'),
    language: textOption(values, 'language'),
  }
  if (language !== undefined && !isLanguage(language)) {
    throw new UsageError(`--language: expected ${allLanguages.join(' or ')}`)
  }
  const password = values['password-stdin'] ? await readPassword() : null
  return {
    ...(email !== undefined && { email }),
    ...(username !== undefined && { username }),
    ...(phone !== undefined && { phone }),
    ...(language !== undefined && { language }),
    password,
    email_verified: isVerified,
    phone_verified: isVerified,
  }
}

async function readJsonUser(): Promise<UserInput> {
  // Nobody at a terminal would guess what is waited for.
  if (process.stdin.isTTY) throw new UsageError('expected options, or JSON on standard input')
  return parseUserInput(await text(process.stdin))
}

async function readPassword(): Promise<string> {
  const password = (await text(process.stdin)).replace(/\r?\n$/, '')
  if (password.trim() === '') throw new CommandError('standard input: expected a password')
  return password
}
