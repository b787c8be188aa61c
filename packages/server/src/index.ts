import { type Assembled, assemble, type Parts } from './assemble.ts'
import { serve } from './http/serve.ts'
import { fromRequest, toResponse } from './http/web.ts'
import type { SettingsInput } from './settings/input.ts'
import { loadSettings } from './settings/load.ts'
import { createUser, type UserInput } from './users/create.ts'

export type { Parts } from './assemble.ts'
export type { Mail, MailTransport, Sms, SmsTransport } from './delivery/messages.ts'
export type { AuthEvent } from './events/events.ts'
export type { Log } from './log.ts'
export { defineSettings } from './settings/file.ts'
export type { SettingsInput } from './settings/input.ts'
export { SettingsError } from './settings/settings-error.ts'
export { type UserInput, UserInputError } from './users/create.ts'

/** What a transport knows of a request beyond the `Request` itself. */
export interface Connection {
  /** The address of the other end of the socket. @defaultValue '0.0.0.0' */
  remoteAddress?: string
}

/** Authentication as a library: give it the requests below `/_allauth/`. */
export interface Auth {
  /** Answers a request. Pass the address of the socket, which limits per address count. */
  fetch(request: Request, connection?: Connection): Promise<Response>
  /** What a back end does without a request. */
  api: {
    /** Creates a user and returns its id. @throws UserInputError where that is not possible. */
    createUser(user: UserInput): Promise<string>
  }
  /** Sends for two seconds at most what is due, stops and closes the database. */
  close(): Promise<void>
}

/**
 * Opens the database and makes the API ready to answer.
 * @throws SettingsError that names every setting that is wrong.
 */
export async function createAuth(settings: SettingsInput, parts: Parts = {}): Promise<Auth> {
  const loaded = loadSettings({ overrides: settings })
  const assembled = await assemble(loaded.settings, parts)
  for (const warning of loaded.warnings) assembled.server.log.warn({}, warning)
  return toAuth(assembled)
}

function toAuth({ server, served, close }: Assembled): Auth {
  const { db, hasher, now, settings } = server
  return {
    async fetch(request, { remoteAddress = '0.0.0.0' } = {}) {
      return toResponse(await serve(server, served, fromRequest(request, remoteAddress)))
    },
    api: {
      createUser: (user) => createUser({ db, hasher, now, account: settings.account }, user),
    },
    close,
  }
}
