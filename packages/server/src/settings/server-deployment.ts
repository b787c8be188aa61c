import { type Parser, WrongValue } from './parser.ts'
import {
  bool,
  filledText,
  listFromText,
  oneOf,
  orNull,
  textLike,
  webAddress,
  whole,
} from './parsers.ts'
import { redisAddress } from './redis-address.ts'

/** A part of the server that can be left out. */
export type InstalledApp =
  | 'allauth.account'
  | 'allauth.headless'
  | 'allauth.socialaccount'
  | 'allauth.mfa'
  | 'allauth.usersessions'

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

/** Where the server listens, what it is connected to, and what it is called. */
export interface ServerDeploymentSettings {
  /**
   * The port to listen on, from 0 to 65535. 0: any that is free.
   * @defaultValue 8000
   */
  port: number
  /**
   * The address to listen on. `0.0.0.0` or `::` is every interface of the machine.
   * @defaultValue '127.0.0.1'
   */
  host: string
  /**
   * The port for metrics at `/metrics`, and for `/health/live` and `/health/ready`, from 0 to 65535, of
   * `latchkey serve`. It asks nobody who they are, so only the network's own machines may reach it.
   * `null`: there is none, and nothing is measured.
   * @defaultValue null
   */
  adminPort: number | null
  /**
   * The address that the port for metrics listens on.
   * @defaultValue '127.0.0.1'
   */
  adminHost: string
  /**
   * How many processes `latchkey serve` has share the port, from 1 to 256; one more looks after them. Each
   * has a pool of connections of its own. `serve --dev` runs one in any case.
   * @defaultValue 1
   */
  workers: number
  /**
   * The database to connect to, such as `postgres://user:password@host/name` or `mysql://…`. `null`: the
   * file of DATABASE_PATH.
   * @defaultValue null
   */
  databaseUrl: string | null
  /**
   * The most connections that writes to PostgreSQL or MySQL have, for each process, from 1 to 500;
   * PostgreSQL has two more for reads.
   * @defaultValue 10
   */
  databasePoolSize: number
  /**
   * How long a statement may take at PostgreSQL or MySQL before it is given up, in seconds, from 1 to
   * 3600.
   * @defaultValue 10
   */
  databaseStatementTimeout: number
  /**
   * Whether the database is reached through a pooler that gives each transaction another connection, such
   * as PgBouncer in transaction mode. Then no statement is prepared, and none but those of transactions
   * are limited at the server.
   * @defaultValue false
   */
  databaseTransactionPooling: boolean
  /**
   * The file of the SQLite database, made if it is not there.
   * @defaultValue 'latchkey.sqlite3'
   */
  databasePath: string
  /**
   * Where limits are counted, for several machines that count together: `redis://` or `rediss://` (TLS)
   * with user, password, host, port and number of the database, of Redis 6 or later, or Valkey. `null`:
   * in the database.
   * @defaultValue null
   */
  redisUrl: string | null
  /**
   * What the keys in Redis begin with. Servers with one database need the same, others each their own.
   * @defaultValue 'latchkey:'
   */
  redisKeyPrefix: string
  /**
   * The mail server: `smtp://` or `smtps://` with user, password, host and port. `null`: mails
   * wait in the outbox until there is one; `serve --dev` shows them in the terminal.
   * @defaultValue null
   */
  smtpUrl: string | null
  /**
   * Text messages are posted to this address as JSON with `phone`, `code`, `text` and `language`. `null`:
   * they wait in the outbox until there is one; `serve --dev` shows them in the terminal.
   * @defaultValue null
   */
  smsUrl: string | null
  /**
   * The sender of all mails.
   * @defaultValue 'Latchkey <no-reply@localhost>'
   */
  defaultFromEmail: string
  /**
   * What the site is called in mails, and by authenticator apps and passkeys.
   * @defaultValue 'Latchkey'
   */
  siteName: string
  /**
   * The least serious entries that are logged.
   * @defaultValue 'info'
   */
  logLevel: LogLevel
  /**
   * How long requests may take to end once the server was told to stop, in seconds.
   * @defaultValue 10
   */
  shutdownTimeoutSeconds: number
  /**
   * How long the record of logins and changes is kept, in days, at least 1. `null`: for ever.
   * @defaultValue null
   */
  eventRetentionDays: number | null
  /**
   * Whether people can sign up. Off: every signup is refused, as by a hook that closes it.
   * @defaultValue true
   */
  hookSignupOpen: boolean
  /**
   * The parts that are on: `allauth.socialaccount`, `allauth.mfa`, `allauth.usersessions`. The paths
   * of the others do not exist. `allauth.account` and `allauth.headless` are always on; entries of
   * other packages are passed over.
   * @defaultValue ['allauth.account', 'allauth.headless', 'allauth.socialaccount', 'allauth.mfa', 'allauth.usersessions']
   */
  installedApps: readonly InstalledApp[]
}

const allApps: readonly InstalledApp[] = [
  'allauth.account',
  'allauth.headless',
  'allauth.socialaccount',
  'allauth.mfa',
  'allauth.usersessions',
]

export const serverDeploymentDefaults: ServerDeploymentSettings = {
  port: 8000,
  host: '127.0.0.1',
  adminPort: null,
  adminHost: '127.0.0.1',
  workers: 1,
  databaseUrl: null,
  databasePoolSize: 10,
  databaseStatementTimeout: 10,
  databaseTransactionPooling: false,
  databasePath: 'latchkey.sqlite3',
  redisUrl: null,
  redisKeyPrefix: 'latchkey:',
  smtpUrl: null,
  smsUrl: null,
  defaultFromEmail: 'Latchkey <no-reply@localhost>',
  siteName: 'Latchkey',
  logLevel: 'info',
  shutdownTimeoutSeconds: 10,
  eventRetentionDays: null,
  hookSignupOpen: true,
  installedApps: allApps,
}

const apps: Parser<readonly InstalledApp[]> = {
  expected: `a list with any of ${allApps.join(', ')}`,
  fromText: listFromText,
  parse(value) {
    if (!Array.isArray(value) || !value.every((it) => typeof it === 'string')) {
      throw new WrongValue(apps.expected, value)
    }
    const always = ['allauth.account', 'allauth.headless']
    return allApps.filter((app) => always.includes(app) || value.includes(app))
  },
}

const smtpAddress = textLike('an address that begins with smtp:// or smtps://', (value) =>
  /^smtps?:\/\/[^\s]+$/i.test(value),
)

const sender = textLike('an address, or "Name <name@example.com>"', (value) =>
  /^[^\r\n]*[^\s@<]@[^\s@>]+>?$/.test(value),
)

export const serverDeploymentParsers = {
  port: whole(0, 65535),
  host: filledText,
  adminPort: orNull(whole(0, 65535)),
  adminHost: filledText,
  workers: whole(1, 256),
  databaseUrl: orNull(filledText),
  databasePoolSize: whole(1, 500),
  databaseStatementTimeout: whole(1, 3600),
  databaseTransactionPooling: bool,
  databasePath: filledText,
  redisUrl: orNull(redisAddress),
  redisKeyPrefix: filledText,
  smtpUrl: orNull(smtpAddress),
  smsUrl: orNull(webAddress),
  defaultFromEmail: sender,
  siteName: filledText,
  logLevel: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  shutdownTimeoutSeconds: whole(0, 3600),
  eventRetentionDays: orNull(whole(1)),
  hookSignupOpen: bool,
  installedApps: apps,
} satisfies { [K in keyof ServerDeploymentSettings]: Parser<ServerDeploymentSettings[K]> }
