import { isIPv4 } from 'node:net'
import { assemble } from '../../assemble.ts'
import { openMigrated } from '../../database.ts'
import { listen, urlOf } from '../../node/serve.ts'
import { isWorker, leaveWorkers, runWorkers } from '../../node/workers.ts'
import { keysFor, logFor } from '../../parts.ts'
import { hashInBackground } from '../../passwords/background.ts'
import type { LoadedSettings } from '../../settings/load.ts'
import type { Settings } from '../../settings/settings.ts'
import { referencePath } from '../../spec/pages.ts'
import { warnAtStart } from '../../start-warnings.ts'
import { adminOfWorkers, prepareAdmin } from '../admin.ts'
import {
  type Command,
  CommandError,
  type CommandValues,
  exitCodes,
  textOption,
  UsageError,
} from '../command.ts'
import { developmentParts, withDevelopmentLinks, withDevelopmentSecret } from '../development.ts'
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
    workers: { type: 'string', help: 'How many processes share the port; WORKERS, else 1.' },
  },
  async run(values) {
    const isDevelopment = values.dev === true
    const loaded = await settingsOfProcess({
      ...given('PORT', numberOption(values, 'port', { least: 0, most: 65_535 })),
      ...given('HOST', textOption(values, 'host')),
      ...given('WORKERS', workersOption(values, isDevelopment)),
    })
    const { server } = loaded.settings
    if (isDevelopment && !isOwnMachine(server.host)) {
      throw new CommandError(`--dev shows everybody's mail, so it listens on this machine only`)
    }
    if (server.workers > 1 && !isWorker()) return serveByWorkers(loaded)
    try {
      await serveAlone(loaded, isDevelopment)
    } catch (error) {
      if (isWorker()) leaveWorkers()
      throw error
    }
    return undefined
  },
}

/** Serves in this process, which may be one of several that share the port. */
async function serveAlone(loaded: LoadedSettings, isDevelopment: boolean): Promise<void> {
  const settings = isDevelopment ? settingsForDevelopment(loaded.settings) : loaded.settings
  const { port, host, shutdownTimeoutSeconds } = settings.server
  const parts = isDevelopment ? developmentParts(settings.server) : {}
  const admin = await prepareAdmin(settings.server)
  const assembled = await assemble(settings, {
    ...parts,
    ...admin.parts,
    warnsAtStart: !isWorker(),
  })
  const { log } = assembled.server
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
  void hashInBackground()
  if (isWorker()) return endAsWorker(stop)
  for (const warning of loaded.warnings) log.warn({}, warning)
  onStop(
    () => void stop(),
    // A second signal, of a person who loses patience, ends it at once.
    () => process.exit(exitCodes.failed),
  )
  const reference = assembled.served.pages.has(referencePath) ? referencePath : null
  const { portal } = assembled.served
  if (isDevelopment)
    process.stdout.write(welcome(listening.url, { reference, portal: portal?.path }))
  else log.info({ url: listening.url }, 'listening')
}

/** Has workers serve: processes that run this same command. This one serves the admin port alone. */
async function serveByWorkers({ settings, warnings }: LoadedSettings): Promise<number> {
  const { workers: count, host } = settings.server
  const keys = keysFor(settings)
  const log = logFor(settings)
  for (const warning of warnings) log.warn({}, warning)
  const db = await openMigrated(settings, { now: Date.now, log })
  await warnAtStart({ settings, keys, db, log })
  await db.destroy()
  let url: string | null = null
  const stopAdmin = await adminOfWorkers(settings.server, log, () => url)
  const workers = runWorkers({
    count,
    log,
    onListening(port) {
      url = urlOf(host, port)
      log.info({ url, workers: count }, 'listening')
    },
  })
  onStop(workers.stop, workers.kill)
  const code = await workers.ended
  await stopAdmin()
  if (code !== null) return code
  throw new CommandError('the workers end as soon as they are started, so it was given up')
}

/** Whoever looks after the workers has the patience for all: here, every signal but the first is one too many. */
function endAsWorker(stop: () => Promise<void>): void {
  onStop(
    () => void stop().finally(leaveWorkers),
    () => {},
  )
}

function onStop(first: () => void, later: () => void): void {
  let isStopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      const act = isStopping ? later : first
      isStopping = true
      act()
    })
  }
}

function isOwnMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

function settingsForDevelopment(settings: Settings): Settings {
  return withDevelopmentLinks(withDevelopmentSecret(settings))
}

function welcome(
  address: string,
  { reference, portal }: { reference: string | null; portal: string | undefined },
): string {
  const url = address.replace('127.0.0.1', 'localhost')
  return `
Latchkey listens on ${url} (development mode)

${portal === undefined ? '' : `  Portal      ${url}${portal}\n`}  Sign up     curl -s ${url}/_allauth/app/v1/auth/signup \\
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

/** A mailbox in memory is that of one process, whatever the settings say. */
function workersOption(values: CommandValues, isDevelopment: boolean): number | undefined {
  const workers = numberOption(values, 'workers', { least: 1, most: 256 })
  if (!isDevelopment) return workers
  if (workers === undefined || workers === 1) return 1
  throw new UsageError(
    '--workers: --dev keeps its mailbox in one process, so there can be one only',
  )
}

function numberOption(
  values: CommandValues,
  name: string,
  { least, most }: { least: number; most: number },
): number | undefined {
  const text = textOption(values, name)
  if (text === undefined) return undefined
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw new UsageError(`--${name}: expected a number from ${least} to ${most}, found "${text}"`)
}

function listenError(error: unknown, { host, port }: { host: string; port: number }): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'EADDRINUSE') {
    return new CommandError(`port ${port} is in use; choose another with --port`)
  }
  return new CommandError(`cannot listen on ${host}, port ${port} (${error.code})`)
}
