import type { Parser } from './parser.ts'
import {
  type ServerCookieSettings,
  serverCookieDefaults,
  serverCookieParsers,
} from './server-cookies.ts'
import {
  type ServerDeploymentSettings,
  serverDeploymentDefaults,
  serverDeploymentParsers,
} from './server-deployment.ts'
import { type ServerHttpSettings, serverHttpDefaults, serverHttpParsers } from './server-http.ts'
import {
  type ServerLanguageSettings,
  serverLanguageDefaults,
  serverLanguageParsers,
} from './server-language.ts'
import {
  type ServerSecuritySettings,
  serverSecurityDefaults,
  serverSecurityParsers,
} from './server-security.ts'
import {
  type ServerWebhookSettings,
  serverWebhookDefaults,
  serverWebhookParsers,
} from './server-webhooks.ts'

/** What concerns the server as a whole; its names in the environment have no prefix. */
export interface ServerSettings
  extends ServerDeploymentSettings,
    ServerLanguageSettings,
    ServerHttpSettings,
    ServerCookieSettings,
    ServerSecuritySettings,
    ServerWebhookSettings {}

export const serverDefaults: ServerSettings = {
  ...serverDeploymentDefaults,
  ...serverLanguageDefaults,
  ...serverHttpDefaults,
  ...serverCookieDefaults,
  ...serverSecurityDefaults,
  ...serverWebhookDefaults,
}

export const serverParsers = {
  ...serverDeploymentParsers,
  ...serverLanguageParsers,
  ...serverHttpParsers,
  ...serverCookieParsers,
  ...serverSecurityParsers,
  ...serverWebhookParsers,
} satisfies { [K in keyof ServerSettings]: Parser<ServerSettings[K]> }
