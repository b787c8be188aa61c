import { randomToken } from '../../crypto/random.ts'
import { type Command, exitCodes } from '../command.ts'

export const secretCommand: Command = {
  name: 'secret',
  summary: 'Print a new random secret for SECRET_KEY',
  help: `Prints 256 random bits as text. Keep it out of version control. To change the secret of a
running server, put the old one into SECRET_KEY_FALLBACKS until what it signed has expired and
"latchkey reseal" has encrypted second factors anew.`,
  options: {},
  async run() {
    process.stdout.write(`${randomToken()}\n`)
    return exitCodes.done
  },
}
