import { assemble } from '../../assemble.ts'
import { listen } from '../../node/serve.ts'
import { type Command, CommandError, textOption } from '../command.ts'
import { developmentParts, developmentSecret } from '../development.ts'
import { settingsOfProcess } from '../settings.ts'

export const serveCommand: Command = {
  name: 'serve',
  summary: 'Start the server',
  help: `Listens until it gets SIGTERM or SIGINT, then lets running requests end. For development,
--dev makes a secret and keeps it beside the database, shows mail in the terminal and serves a
mailbox at /_dev/mail. Never use --dev where others can reach the server.`,
  options: {
    dev: { type: 'boolean', help: 'Development mode.' },
    port: { type: 'string', help: 'The port; PORT in the environment, else 8000.' },
    host: { type: 'string', help: 'The address to listen on; HOST, else 127.0.0.1.' },
  },
  async run(values) {
    const isDevelopment = values.dev === true
    const { settings, warnings } = await settingsOfProcess({
      ...given('PORT', numberOption(textOption(values, 'port'))),
      ...given('HOST', textOption(values, 'host')),
      ...(isDevelopment && (await developmentSecret())),
    })
    const { port, host, shutdownTimeoutSeconds } = settings.server
    const parts = isDevelopment ? developmentParts(settings.server) : {}
    const assembled = await assemble(settings, parts)
    for (const warning of warnings) assembled.server.log.warn({}, warning)
    const listening = await listen(assembled, { port, host }).catch(async (error: unknown) => {
      await assembled.close()
      throw portError(error, port)
    })
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => void listening.stop(shutdownTimeoutSeconds))
    }
    if (isDevelopment) process.stdout.write(welcome(listening.url))
    else assembled.server.log.info({ url: listening.url }, 'listening')
    return undefined
  },
}

function welcome(address: string): string {
  const url = address.replace('127.0.0.1', 'localhost')
  return `
Latchkey listens on ${url} (development mode)

  Sign up     curl -s ${url}/_allauth/app/v1/auth/signup \\
                --json '{"email": "ann@example.org", "password": "correct horse battery"}'
  Read mail   ${url}/_dev/mail
  Settings    ${url}/_allauth/app/v1/config

README.md has a tour of five minutes. Stop with Ctrl+C.

`
}

function given(name: string, value: string | number | undefined): object {
  return value === undefined ? {} : { [name]: value }
}

function numberOption(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text)
}

function portError(error: unknown, port: number): unknown {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  return isTaken ? new CommandError(`port ${port} is in use; choose another with --port`) : error
}
