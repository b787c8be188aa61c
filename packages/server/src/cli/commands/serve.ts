import { isIPv4 } from 'node:net'
import { assemble } from '../../assemble.ts'
import { listen } from '../../node/serve.ts'
import { referencePath } from '../../spec/pages.ts'
import { prepareAdmin } from '../admin.ts'
import {
  type Command,
  CommandError,
  type CommandValues,
  exitCodes,
  textOption,
  UsageError,
} from '../command.ts'
import { developmentParts, withDevelopmentSecret } from '../development.ts'
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
    const loaded = await settingsOfProcess({
      ...given('PORT', portOption(values)),
      ...given('HOST', textOption(values, 'host')),
    })
    if (isDevelopment && !isOwnMachine(loaded.settings.server.host)) {
      throw new CommandError(`--dev shows everybody's mail, so it listens on this machine only`)
    }
    const settings = isDevelopment ? withDevelopmentSecret(loaded.settings) : loaded.settings
    const { port, host, shutdownTimeoutSeconds } = settings.server
    const parts = isDevelopment ? developmentParts(settings.server) : {}
    const admin = await prepareAdmin(settings.server)
    const assembled = await assemble(settings, { ...parts, ...admin.parts })
    for (const warning of loaded.warnings) assembled.server.log.warn({}, warning)
    const listening = await listen(assembled, { port, host }).catch(async (error: unknown) => {
      await assembled.close()
      throw listenError(error, { host, port })
    })
    const stop = await admin.listen(assembled).then(
      (end) => async () => {
        await listening.stop(shutdownTimeoutSeconds)
        await end()
      },
      async (error: unknown) => {
        await listening.stop(0)
        throw error
      },
    )
    let isStopping = false
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        // A second signal, of a person who loses patience, ends it at once.
        if (isStopping) process.exit(exitCodes.failed)
        isStopping = true
        void stop()
      })
    }
    const reference = assembled.served.pages.has(referencePath) ? referencePath : null
    if (isDevelopment) process.stdout.write(welcome(listening.url, reference))
    else assembled.server.log.info({ url: listening.url }, 'listening')
    return undefined
  },
}

function isOwnMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

function welcome(address: string, reference: string | null): string {
  const url = address.replace('127.0.0.1', 'localhost')
  return `
Latchkey listens on ${url} (development mode)

  Sign up     curl -s ${url}/_allauth/app/v1/auth/signup \\
                --json '{"email": "ann@example.org", "password": "correct horse battery"}'
  Read mail   ${url}/_dev/mail
  Settings    ${url}/_allauth/app/v1/config
${reference === null ? '' : `  Reference   ${url}${reference}\n`}
README.md has a tour of five minutes. Stop with Ctrl+C.

`
}

function given(name: string, value: string | number | undefined): object {
  return value === undefined ? {} : { [name]: value }
}

function portOption(values: CommandValues): number | undefined {
  const text = textOption(values, 'port')
  if (text === undefined) return undefined
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new UsageError(`--port: expected a number from 0 to 65535, found "${text}"`)
}

function listenError(error: unknown, { host, port }: { host: string; port: number }): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'EADDRINUSE') {
    return new CommandError(`port ${port} is in use; choose another with --port`)
  }
  return new CommandError(`cannot listen on ${host}, port ${port} (${error.code})`)
}
