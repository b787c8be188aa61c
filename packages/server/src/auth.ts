import { type Assembled, assemble } from './assemble.ts'
import { writeEventFrom } from './events/store.ts'
import { createGuard, type Guard } from './guard/api.ts'
import { isServed, serve } from './http/serve.ts'
import { fromRequest, toResponse } from './http/web.ts'
import { activateUser, deactivateUser, deleteUser, operatorOrigin } from './operators/users.ts'
import type { Parts } from './parts.ts'
import type { SettingsInput } from './settings/input.ts'
import { loadSettings } from './settings/load.ts'
import {
  freshProviderToken,
  type ProviderAccessToken,
} from './socialaccount/stored-tokens/fresh-token.ts'
import type { DatabaseTransaction } from './storage/open.ts'
import { createUser, type UserInput } from './users/create.ts'

/** What a transport knows of a request beyond the `Request` itself. */
export interface Connection {
  /** The address of the other end of the socket. @defaultValue '0.0.0.0' */
  remoteAddress?: string
}

/** What a program does beside the API that is served. */
export interface AuthApi extends Guard {
  /** Creates a user and returns its id. @throws UserInputError where that is not possible. */
  createUser(user: UserInput): Promise<string>
  /**
   * Keeps a user from logging in. Ends at once, on every node: sessions, log-ins under way, codes
   * and links that were mailed, and the trust of browsers.
   * @throws UserInputError where there is no such user.
   */
  deactivateUser(id: string): Promise<void>
  /**
   * Lets a user log in again. Nothing that the deactivation ended comes back.
   * @throws UserInputError where there is no such user.
   */
  activateUser(id: string): Promise<void>
  /**
   * Removes a user with everything that belongs to them; the table of events keeps what it has.
   * @throws UserInputError where there is no such user.
   */
  deleteUser(id: string): Promise<void>
  /**
   * The access token that a provider gave for a user, to call the provider's API with, where
   * SOCIALACCOUNT_STORE_TOKENS keeps them. Renewed where it is about to end: of many who ask at once,
   * on all nodes, one renews it. Null where none is kept that works.
   * @throws ProviderError where the provider can not be reached, or does not renew it.
   */
  getProviderToken(userId: string, provider: string): Promise<ProviderAccessToken | null>
}

/** Authentication as a library: give it the requests that it `serves`. */
export interface Auth {
  /** Answers a request. Pass the address of the socket, which limits per address count. */
  fetch(request: Request, connection?: Connection): Promise<Response>
  /**
   * Whether a path, with or without its query, belongs to Latchkey: all below `/_allauth/` and
   * `/_latchkey/`, the pages below `/.well-known/` that the settings ask for, those below `/accounts/` that
   * providers send people back to, and the portal where PORTAL_ENABLED has it and PORTAL_PATH gives it a
   * folder of its own.
   */
  serves(path: string): boolean
  api: AuthApi
  /** Sends for two seconds at most what is due, stops and closes the database. */
  close(): Promise<void>
}

/** What a program that has Latchkey in it did not ask for: pages, and users who delete themselves. */
const offInLibraries = {
  PORTAL_ENABLED: false,
  ACCOUNT_DELETION_ENABLED: false,
  ACCOUNT_EXPORT_ENABLED: false,
}

/**
 * Opens the database and makes the API ready to answer.
 * @throws SettingsError that names every setting that is wrong.
 */
export async function createAuth(settings: SettingsInput, parts: Parts = {}): Promise<Auth> {
  const loaded = loadSettings({ base: offInLibraries, overrides: settings })
  const { now, log, mail, sms, fetch } = parts
  const assembled = await assemble(loaded.settings, {
    ...(now && { now }),
    ...(log && { log }),
    ...(mail && { mail }),
    ...(sms && { sms }),
    ...(fetch && { fetch }),
  })
  for (const warning of loaded.warnings) assembled.server.log.warn({}, warning)
  return toAuth(assembled)
}

// Not a member, so that nobody but our own adapters reaches it.
const assembledByAuth = new WeakMap<Auth, Assembled>()

/** What an instance is made of. @throws TypeError for what `createAuth` has not made. */
export function assembledOf(auth: Auth): Assembled {
  const assembled = assembledByAuth.get(auth)
  if (!assembled) throw new TypeError('expected what createAuth() returned')
  return assembled
}

function toAuth(assembled: Assembled): Auth {
  const { server, served, close } = assembled
  const { db, hasher, now, settings } = server
  const operator = { db, now, events: server, means: 'library' } as const
  async function noteUser(tx: DatabaseTransaction, userId: string): Promise<void> {
    const origin = operatorOrigin('library', now())
    await writeEventFrom(tx, server, { event: { type: 'user_created', userId }, origin })
  }
  const auth: Auth = {
    async fetch(request, { remoteAddress = '0.0.0.0' } = {}) {
      return toResponse(await serve(server, served, fromRequest(request, remoteAddress)))
    },
    serves: (path) => isServed(served, path),
    api: {
      ...createGuard(server),
      createUser(user) {
        return createUser({ db, hasher, now, account: settings.account, note: noteUser }, user)
      },
      deactivateUser: (id) => deactivateUser(operator, id),
      activateUser: (id) => activateUser(operator, id),
      deleteUser: (id) => deleteUser(operator, id),
      getProviderToken: (userId, provider) => freshProviderToken(server, { userId, provider }),
    },
    close,
  }
  assembledByAuth.set(auth, assembled)
  return auth
}
