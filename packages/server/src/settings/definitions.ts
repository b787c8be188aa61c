import { flatName, type Group, groups } from './names.ts'
import type { Parser } from './parser.ts'
import { defaults, parsers } from './settings.ts'

/** One setting: its names, what it is without being set, and how it is read. */
export interface Definition {
  group: Group
  key: string
  /** The name in the environment, such as `ACCOUNT_EMAIL_VERIFICATION`. */
  flat: string
  /** The name in a settings file, such as `account.emailVerification`. */
  path: string
  defaultValue: unknown
  parser: Parser<unknown>
  /** Whether its value must not appear in messages. */
  isSecret: boolean
}

const secrets = new Set([
  'SECRET_KEY',
  'SECRET_KEY_FALLBACKS',
  'DATABASE_URL',
  'REDIS_URL',
  'SMTP_URL',
  'SMS_URL',
  'WEBHOOK_URLS',
  'WEBHOOK_SECRETS',
  'HEADLESS_JWT_PRIVATE_KEY',
  'HEADLESS_JWT_PRIVATE_KEY_FALLBACKS',
  'MFA_TOTP_INSECURE_BYPASS_CODE',
  'SOCIALACCOUNT_PROVIDERS',
])

/** All settings there are, in the order of their groups. */
export const definitions: readonly Definition[] = groups.flatMap((group) => {
  const groupParsers: Readonly<Record<string, Parser<unknown>>> = parsers[group]
  const values = new Map<string, unknown>(Object.entries(defaults[group]))
  return Object.entries(groupParsers).map(([key, parser]) => {
    const flat = flatName(group, key)
    const names = { group, key, flat, path: `${group}.${key}` }
    return { ...names, defaultValue: values.get(key), parser, isSecret: secrets.has(flat) }
  })
})
