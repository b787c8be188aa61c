import { headlessTokenParsers } from '../../settings/headless-tokens.ts'
import { WrongValue } from '../../settings/parser.ts'
import { type Command, type CommandValues, exitCodes, textOption, UsageError } from '../command.ts'

export const keysGenerateCommand: Command = {
  name: 'keys generate',
  summary: 'Print a new private key for HEADLESS_JWT_PRIVATE_KEY',
  help: 'Prints a private key as PEM, and changes nothing. Keep it where secrets are kept.',
  options: {
    algorithm: { type: 'string', help: 'RS256 (default), ES256, EdDSA or another with key pairs.' },
  },
  async run(values) {
    const algorithm = algorithmOption(values)
    // Loaded here, because no other command needs it.
    const { generateKey, WrongKey } = await import('../../signing-keys/key.ts')
    const key = await generateKey(algorithm).catch((error: unknown) => {
      throw error instanceof WrongKey ? new UsageError(error.message) : error
    })
    process.stdout.write(String(key.export({ type: 'pkcs8', format: 'pem' })))
    return exitCodes.done
  },
}

function algorithmOption(values: CommandValues) {
  try {
    return headlessTokenParsers.jwtAlgorithm.parse(textOption(values, 'algorithm') ?? 'RS256')
  } catch (error) {
    throw error instanceof WrongValue ? new UsageError(`--algorithm: ${error.message}`) : error
  }
}
