import { type Assembled, assemble } from '../assemble.ts'
import { createMailbox, type KeptMessage, type Mailbox } from '../delivery/memory.ts'
import type { Log } from '../log.ts'
import type { Observer } from '../observer.ts'
import type { Outbound } from '../outbound/outbound.ts'
import type { Hasher } from '../passwords/hasher.ts'
import { loadSettings } from '../settings/load.ts'
import { createUser, type UserInput } from '../users/create.ts'
import { type ClientOptions, TestClient } from './client.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { quickHasher } from './quick-hasher.ts'

/** What a test starts from. Settings have their names of the environment. */
export interface TestAuthOptions {
  settings?: Readonly<Record<string, unknown>>
  users?: readonly UserInput[]
  /** A database to share with others; otherwise one of its own. */
  database?: TestDatabase
  /** What its clock shows at first. @defaultValue Date.now() */
  now?: number
  /** Answers what is asked of identity providers. */
  fetch?: Outbound['fetch']
  /** Looks on. */
  observer?: Observer
  /** The built pages of the portal. @defaultValue none, whether or not they are built */
  portalFolder?: string
}

/** A complete server in the process of the test: a real database, memory mail, a clock that is moved. */
export interface TestAuth extends Assembled {
  database: TestDatabase
  mailbox: Mailbox
  clock: { now: number; advance(seconds: number): void }
  /** What the server logged. */
  logged: { level: string; details: object; text: string }[]
  /** A client with a session of its own. */
  client(kind: 'app' | 'browser', options?: ClientOptions): TestClient
  createUser(user: UserInput): Promise<string>
  /** The text of the newest mail to an address, once all that is due has been sent. */
  mailTo(address: string): Promise<string>
  /** The code or key in the newest message to an address or number. */
  secretTo(recipient: string): Promise<string>
  /** All that was sent, oldest first, as `address: subject` or `number: text`. */
  sent(): Promise<string[]>
  /** Closes it at the end of the block: `await using auth = await createTestAuth()`. */
  [Symbol.asyncDispose](): Promise<void>
}

const secret = 'a secret that only the tests know, long enough'

/** Starts a server for one test. Close it at the end. */
export async function createTestAuth(options: TestAuthOptions = {}): Promise<TestAuth> {
  const database = options.database ?? (await createTestDatabase())
  const { settings } = loadSettings({
    overrides: { SECRET_KEY: secret, DATABASE_URL: database.url, ...options.settings },
  })
  const clock = startClock(options.now)
  const mailbox = createMailbox(() => clock.now)
  const logged: TestAuth['logged'] = []
  const { fetch, observer, portalFolder = '/nowhere/at/all' } = options
  const isAboutHashes = Object.keys(options.settings ?? {}).some((it) => it.startsWith('HASH_'))
  const parts = {
    now: () => clock.now,
    log: keepLog(logged),
    mailbox,
    portalFolder,
    ...(fetch && { fetch }),
    ...(observer && { observer }),
    ...(!isAboutHashes && { hasher: quickHasher }),
  }
  const assembled = await assemble(settings, { ...parts, mail: mailbox.mail, sms: mailbox.sms })
  const { db, hasher } = assembled.server
  const creation = {
    db,
    hasher: rememberHashes(hasher),
    account: settings.account,
    now: () => clock.now,
  }
  const auth: TestAuth = {
    ...assembled,
    database,
    mailbox,
    clock,
    logged,
    client: (kind, where) => new TestClient(assembled, kind, where),
    createUser: (user) => createUser(creation, user),
    async mailTo(address) {
      await assembled.server.outbox.drain()
      for (const { message } of mailbox.messages()) {
        if (message.kind === 'mail' && message.mail.to === address) return message.mail.text
      }
      throw new Error(`no mail to ${address}`)
    },
    async secretTo(recipient) {
      await assembled.server.outbox.drain()
      for (const { message } of mailbox.messages()) {
        const secret = recipientOf(message) === recipient ? secretIn(message) : undefined
        if (secret) return secret
      }
      throw new Error(`no message with a code or key to ${recipient}`)
    },
    async sent() {
      await assembled.server.outbox.drain()
      return mailbox
        .messages()
        .map(({ message }) => `${recipientOf(message)}: ${titleOf(message)}`)
        .reverse()
    },
    async close() {
      await assembled.close()
      if (!options.database) await database.close()
    },
    [Symbol.asyncDispose]: () => auth.close(),
  }
  for (const user of options.users ?? []) await auth.createUser(user)
  return auth
}

const hashes = new Map<string, Promise<string>>()

/** Users of many tests have the same few passwords: each is hashed once. */
function rememberHashes(hasher: Hasher): Hasher {
  return {
    ...hasher,
    async hash(password) {
      const key = `${hasher.decoy.slice(0, hasher.decoy.indexOf('$', 30))} ${password}`
      const known = hashes.get(key) ?? hasher.hash(password)
      hashes.set(key, known)
      return known
    },
  }
}

function recipientOf(message: KeptMessage['message']): string {
  return message.kind === 'mail' ? message.mail.to : message.sms.phone
}

function titleOf(message: KeptMessage['message']): string {
  return message.kind === 'mail' ? message.mail.subject : message.sms.text
}

/** In a mail a code or key is a paragraph of one word; a link follows its label. */
function secretIn(message: KeptMessage['message']): string | undefined {
  if (message.kind === 'sms') return message.sms.code ?? undefined
  const paragraphs = message.mail.text.split(/\n\n+/)
  return paragraphs.map((it) => /^(?:.*:\n)?(\S{4,})$/.exec(it)?.[1]).find((it) => it)
}

/** A clock that stands until it is moved, but never shows the same time twice as long. */
function startClock(now = Date.now()): TestAuth['clock'] {
  const clock = {
    now,
    advance(seconds: number) {
      clock.now += seconds * 1000
    },
  }
  return clock
}

function keepLog(logged: TestAuth['logged']): Log {
  const keep = (level: string) => (details: object, text: string) => {
    logged.push({ level, details, text })
  }
  return { info: keep('info'), warn: keep('warn'), error: keep('error') }
}
