import type { Client } from '../exchange.ts'
import type { App } from '../providers/app.ts'
import { catalogue } from '../providers/catalogue.ts'
import { readApps } from '../providers/read-apps.ts'
import { isMfaOn } from '../settings/mfa-on.ts'
import type { InstalledApp } from '../settings/server-deployment.ts'
import type { Settings } from '../settings/settings.ts'
import { type JsonObject, textAt } from './json.ts'
import { operationsOf } from './operations.ts'

/** What the parts of the contract depend on. */
export interface Facts {
  settings: Settings
  /** Whether an operation is served, by its `operationId`. */
  serves(operationId: string): boolean
  /** Whether a kind of client may call. */
  takes(client: Client): boolean
  hasApp(app: InstalledApp): boolean
  hasMfa: boolean
  /** Whether apps get tokens besides that of the session. */
  hasTokens: boolean
  /** What is set up at providers; nothing where nobody can come from any. */
  apps: readonly App[]
}

/** What is known once the paths are narrowed. */
export function factsOf(settings: Settings, paths: JsonObject): Facts {
  const served = new Set(
    operationsOf({ paths }).map(({ operation }) => textAt(operation, 'operationId')),
  )
  const serves = (operationId: string) => served.has(operationId)
  return {
    settings,
    serves,
    takes: (client) => settings.headless.clients.includes(client),
    hasApp: (app) => settings.server.installedApps.includes(app),
    hasMfa: isMfaOn(settings),
    // What trades tokens in is there whatever apps get at their login.
    hasTokens: settings.headless.tokenStrategy !== 'session' && serves('refreshTokens'),
    apps: serves('logInWithProviderToken') ? readApps(settings, catalogue) : [],
  }
}
