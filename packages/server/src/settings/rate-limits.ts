import { isRecord, type Parser, WrongValue } from './parser.ts'
import { booleanFromText, jsonFromText } from './parsers.ts'

/** So many times within so long, counted for each address, user or key. */
export interface Rate {
  /** How many uses fit in the window. */
  amount: number
  /** Length of the window in milliseconds. */
  windowMs: number
  /** What has a count of its own: client address, user, the key that the action names; or all together. */
  per: 'ip' | 'user' | 'key' | 'all'
}

/** What can be limited. */
export type RateLimitAction =
  | 'change_password'
  | 'change_phone'
  | 'manage_email'
  | 'reset_password'
  | 'reset_password_from_key'
  | 'reauthenticate'
  | 'signup'
  | 'login'
  | 'login_failed'
  | 'request_login_code'
  | 'confirm_email'
  | 'verify_phone'
  | 'provider_redirect'
  | 'provider_token'
  | 'export_account'

/** Without settings, in the notation that the setting is given in. */
export const defaultRateTexts: Readonly<Record<RateLimitAction, string>> = {
  change_password: '5/m/user',
  change_phone: '1/m/user',
  manage_email: '10/m/user',
  reset_password: '20/m/ip,5/m/key',
  reset_password_from_key: '20/m/ip',
  reauthenticate: '10/m/user',
  signup: '20/m/ip',
  login: '30/m/ip',
  login_failed: '10/m/ip,5/300s/key',
  request_login_code: '20/m/ip,3/m/key',
  confirm_email: '1/180s/key',
  verify_phone: '1/30s/key,3/m/ip',
  provider_redirect: '60/m/ip',
  provider_token: '60/m/ip',
  export_account: '5/h/user',
}

/** The rates of each action, all of which have to allow a use. No rate, no limit. */
export type RateLimits = Readonly<Record<RateLimitAction, readonly Rate[]>>

/** How the setting is given: rates of some actions, or false for no limits at all. */
export type RateLimitsInput = false | Readonly<Partial<Record<RateLimitAction, string | null>>>

const actions = Object.keys(defaultRateTexts).filter(isAction)
const rateNotation = 'rates like "5/m" or "20/m/ip,3/300s/key" (amount, time in s m h d, per)'
const expected = `false, or an object with ${rateNotation} for any of ${actions.join(', ')}`

export const rateLimits: Parser<RateLimits> = {
  expected,
  fromText(given) {
    const flag = booleanFromText(given)
    return typeof flag === 'boolean' ? flag : jsonFromText(given)
  },
  parse: (value) => mergeRateLimits(value, defaultRateTexts),
  show: (value) =>
    Object.fromEntries(actions.map((action) => [action, value[action].map(writeRate).join()])),
}

/** The rates that were given, over the rates that hold otherwise. */
export function mergeRateLimits(
  given: unknown,
  defaults: Readonly<Record<RateLimitAction, string>>,
): RateLimits {
  if (given !== false && !isRecord(given)) throw new WrongValue(expected, given)
  const own = given === false ? {} : given
  const unknown = Object.keys(own).find((name) => !isAction(name))
  if (unknown !== undefined) throw new WrongValue(`one of ${actions.join(', ')}`, unknown)
  const rates = (action: RateLimitAction) => {
    if (given === false) return []
    return readRates(Object.hasOwn(own, action) ? own[action] : defaults[action])
  }
  return {
    change_password: rates('change_password'),
    change_phone: rates('change_phone'),
    manage_email: rates('manage_email'),
    reset_password: rates('reset_password'),
    reset_password_from_key: rates('reset_password_from_key'),
    reauthenticate: rates('reauthenticate'),
    signup: rates('signup'),
    login: rates('login'),
    login_failed: rates('login_failed'),
    request_login_code: rates('request_login_code'),
    confirm_email: rates('confirm_email'),
    verify_phone: rates('verify_phone'),
    provider_redirect: rates('provider_redirect'),
    provider_token: rates('provider_token'),
    export_account: rates('export_account'),
  }
}

function isAction(name: string): name is RateLimitAction {
  return Object.hasOwn(defaultRateTexts, name)
}

/** Reads "20/m/ip,3/300s/key"; nothing, null or false means no limit. */
export function readRates(value: unknown): Rate[] {
  if (value === null || value === '' || value === false) return []
  if (typeof value !== 'string') throw new WrongValue(rateNotation, value)
  return value.split(',').map((one) => readRate(one.trim()))
}

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const ratePattern =
  /^(?<amount>[1-9]\d{0,8})\/(?<count>\d*(?:\.\d*)?)(?<unit>[smhd])(?:\/(?<per>ip|user|key|all))?$/

function readRate(value: string): Rate {
  const groups = ratePattern.exec(value)?.groups
  const unit = groups?.unit
  if (unit !== 's' && unit !== 'm' && unit !== 'h' && unit !== 'd') {
    throw new WrongValue(rateNotation, value)
  }
  const windowMs = Math.round(Number(groups?.count || '1') * unitMs[unit])
  if (!(windowMs > 0)) throw new WrongValue(rateNotation, value)
  const per = groups?.per
  return {
    amount: Number(groups?.amount),
    windowMs,
    per: per === 'user' || per === 'key' || per === 'all' ? per : 'ip',
  }
}

function writeRate({ amount, windowMs, per }: Rate): string {
  const unit = windowMs === unitMs.m ? 'm' : windowMs === unitMs.h ? 'h' : undefined
  return `${amount}/${unit ?? `${windowMs / unitMs.s}s`}/${per}`
}
