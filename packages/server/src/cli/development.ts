import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import pino from 'pino'
import { randomToken } from '../crypto/random.ts'
import { combineMail, combineSms } from '../delivery/combine.ts'
import { createConsoleMail, createConsoleSms } from '../delivery/console.ts'
import { createMailbox } from '../delivery/memory.ts'
import { mailTransportFor, smsTransportFor } from '../delivery/transports.ts'
import type { DevelopmentParts } from '../parts.ts'
import { freezeCopy } from '../settings/freeze.ts'
import { frontendUrlsOf } from '../settings/portal-on.ts'
import type { ServerSettings, Settings } from '../settings/settings.ts'

/** The settings with a secret: one that was made at the first start and is kept beside the database. */
export function withDevelopmentSecret(settings: Settings): Settings {
  const path = secretPath(settings)
  if (settings.server.secretKey === null && !existsSync(path)) makeSecret(path)
  return withKeptSecret(settings)
}

/** The settings with the secret that a development server has made, where they have none. */
export function withKeptSecret(settings: Settings): Settings {
  const path = secretPath(settings)
  if (settings.server.secretKey !== null || !existsSync(path)) return settings
  const secretKey = readFileSync(path, 'utf8').trim()
  return freezeCopy({ ...settings, server: { ...settings.server, secretKey } })
}

function secretPath({ server }: Settings): string {
  return `${server.databasePath}.secret`
}

function makeSecret(path: string): void {
  try {
    writeFileSync(path, `${randomToken()}\n`, { mode: 0o600, flag: 'wx' })
    process.stdout.write(`A secret for development was made and is kept in ${path}\n`)
  } catch (error) {
    // Another server that starts at the same moment has made it.
    if (!existsSync(path)) throw error
  }
}

/**
 * The settings with mails that lead to the pages of this server, where nobody said at which address it is
 * and the port is known.
 */
export function withDevelopmentLinks(settings: Settings): Settings {
  const { publicUrl, port } = settings.server
  if (publicUrl !== null || port === 0) return settings
  const frontendUrls = frontendUrlsOf(settings, `http://localhost:${port}`)
  return freezeCopy({ ...settings, headless: { ...settings.headless, frontendUrls } })
}

/** Messages go to a mailbox, and to the terminal or to where the settings send them. */
export function developmentParts(settings: ServerSettings): DevelopmentParts {
  const mailbox = createMailbox(Date.now)
  const mail = settings.smtpUrl ? mailTransportFor(settings) : createConsoleMail()
  const sms = settings.smsUrl ? smsTransportFor(settings) : createConsoleSms()
  return {
    log: pino({ level: settings.logLevel === 'info' ? 'warn' : settings.logLevel }),
    mail: combineMail(mailbox.mail, mail),
    sms: combineSms(mailbox.sms, sms),
    mailbox,
  }
}
