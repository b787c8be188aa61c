import { randomBytes } from 'node:crypto'
import { type Command, exitCodes } from '../command.ts'

const secretBytes = 32

export const webhooksSecretCommand: Command = {
  name: 'webhooks secret',
  summary: 'Print a new random secret for WEBHOOK_SECRETS',
  help: `Prints 256 random bits as whsec_ and base64. To replace the secret of running endpoints, put the new one
beside the old one: both sign, until every receiver has the new one.`,
  options: {},
  async run() {
    process.stdout.write(`whsec_${randomBytes(secretBytes).toString('base64')}\n`)
    return exitCodes.done
  },
}
