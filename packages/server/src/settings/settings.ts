import { type AccountSettings, accountDefaults, accountParsers } from './account.ts'
import { type HeadlessSettings, headlessDefaults, headlessParsers } from './headless.ts'
import { type MfaSettings, mfaDefaults, mfaParsers } from './mfa.ts'
import type { Parser } from './parser.ts'
import { type PortalSettings, portalDefaults, portalParsers } from './portal.ts'
import { type ServerSettings, serverDefaults, serverParsers } from './server.ts'
import {
  type SocialaccountSettings,
  socialaccountDefaults,
  socialaccountParsers,
} from './socialaccount.ts'
import {
  type UsersessionsSettings,
  usersessionsDefaults,
  usersessionsParsers,
} from './usersessions.ts'

export type {
  AccountSettings,
  HeadlessSettings,
  MfaSettings,
  PortalSettings,
  ServerSettings,
  SocialaccountSettings,
  UsersessionsSettings,
}

/** All settings of the server, each with its value. */
export interface Settings {
  account: AccountSettings
  headless: HeadlessSettings
  mfa: MfaSettings
  portal: PortalSettings
  socialaccount: SocialaccountSettings
  usersessions: UsersessionsSettings
  server: ServerSettings
}

export const defaults: Settings = {
  account: accountDefaults,
  headless: headlessDefaults,
  mfa: mfaDefaults,
  portal: portalDefaults,
  socialaccount: socialaccountDefaults,
  usersessions: usersessionsDefaults,
  server: serverDefaults,
}

export const parsers = {
  account: accountParsers,
  headless: headlessParsers,
  mfa: mfaParsers,
  portal: portalParsers,
  socialaccount: socialaccountParsers,
  usersessions: usersessionsParsers,
  server: serverParsers,
} satisfies {
  [G in keyof Settings]: { [K in keyof Settings[G]]: Parser<Settings[G][K]> }
}
