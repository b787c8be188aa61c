import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { differences } from './differences.ts'
import { openapiFile, readDocument } from './document.ts'

const referenceFile = new URL('../../../../shared/contract/openapi.json', import.meta.url)

/**
 * All that our contract may say otherwise than the reference contract, and why. `+` is what only ours
 * says, `-` what only the reference says. README is the one beside the reference contract.
 */
const corrections: { difference: RegExp; reason: string }[] = [
  {
    difference: /^\+ POST auth\/(code\/confirm|webauthn\/login) 429$/,
    reason: 'the next stage may have to send a code, which has a limit',
  },
  {
    difference: /^\+ GET auth\/webauthn\/login 429$/,
    reason: 'beyond the reference: it begins a session, and sessions without end must not be begun',
  },
  {
    difference: /^\+ GET account\/authenticators\/totp (query parameter|404\.meta\.)\s?totp_svg$/,
    reason: 'beyond the reference: the QR code as an image, for clients that ask for it',
  },
  {
    difference:
      /^- GET account\/authenticators\/recovery-codes 200\.data\.unused_codes is required$/,
    reason: 'the reference leaves them out too where MFA_RECOVERY_CODES_SHOW_ONCE shows them once',
  },
  {
    difference: /^\+ \S+ \S+ 410$/,
    reason: 'README: every app path answers 410 when the session behind the token is over',
  },
  {
    difference: /^\+ \S+ \S+ 410\.data\.flows$/,
    reason: 'recorded: a 410 always lists the flows',
  },
  {
    difference: /^\+ \S+ account\/\S+ 401$/,
    reason: 'README: every account path answers 401 to strangers',
  },
  {
    difference:
      /^\+ \S+ account\/\S+ 401\.(data\.(user|methods)|meta\.is_authenticated may be true)$/,
    reason: 'README: 401 on an account path may ask for reauthentication instead',
  },
  {
    difference: /^- \S+ account\/\S+ 401\.data\.(user|methods) is required$/,
    reason: 'README: 401 on an account path may be the plain one, which has no user',
  },
  {
    difference:
      /^\+ POST auth\/provider\/token 401\.(data\.(user|methods)|meta\.is_authenticated .*)$/,
    reason: 'recorded: connecting an account may ask for reauthentication',
  },
  {
    difference:
      /^\+ \S+ auth\/(sessions|reauthenticate|webauthn\/(authenticate|reauthenticate)) 401$/,
    reason: 'README: these answer 401 to strangers, or when the step is not pending',
  },
  {
    difference: /^\+ POST \/_allauth\/browser\/v1\/auth\/2fa\/trust 401$/,
    reason: 'README: answers 401 when the step is not pending',
  },
  {
    difference: /^\+ POST auth\/2fa\/reauthenticate 401$/,
    reason: 'like the two other ways to reauthenticate',
  },
  {
    difference:
      /^\+ \S+ (auth\/(signup|webauthn\/signup|password\/request|reauthenticate)|account\/phone) 429$/,
    reason: 'README: these are limited',
  },
  {
    difference: /^\+ POST account\/email 429$/,
    reason: 'README: adding addresses is limited',
  },
  {
    difference: /^\+ (PUT|PATCH|DELETE) account\/email 429$/,
    reason:
      'behaviour.md and settings.md: manage_email limits all changes, confirm_email the mails',
  },
  {
    difference: /^\+ POST (auth\/login|auth\/password\/reset|account\/password\/change) 429$/,
    reason: 'settings.md: limits login, reset_password_from_key and change_password',
  },
  {
    difference: /^\+ POST auth\/provider\/token 429$/,
    reason: 'behaviour.md: the reference has no limit here, which is a weakness',
  },
  {
    difference: /^\+ POST auth\/provider\/signup 429$/,
    reason: 'settings.md: limits signup, whoever it comes from',
  },
  {
    difference: /^\+ POST \/_allauth\/app\/v1\/auth\/provider\/(redirect|code)$/,
    reason: 'beyond the reference: apps go to a provider in the browser of the system',
  },
  {
    difference: /^\+ POST \/_allauth\/browser\/v1\/auth\/provider\/redirect (400|401|429)/,
    reason: 'beyond the reference: a page for errors may be missing, a session over; it is limited',
  },
  {
    difference:
      /^\+ POST \/_allauth\/browser\/v1\/auth\/provider\/redirect body(\.csrfmiddlewaretoken)?( is multipart\/form-data)?$/,
    reason: 'recorded: a form can be in parts, and carries the token',
  },
  {
    difference:
      /^\+ POST \/_allauth\/browser\/v1\/auth\/provider\/redirect body\.process may be "reauthenticate"$/,
    reason: 'beyond the reference: a provider can be asked for a fresh proof',
  },
  {
    difference: /^\+ POST (account\/password\/change|account\/authenticators\/recovery-codes) 200$/,
    reason: 'README: success is 200',
  },
  {
    difference: /^\+ POST auth\/code\/request 200$/,
    reason: 'README: 200 for somebody who is signed in',
  },
  {
    difference: /^\+ POST auth\/password\/request 200\.(data|meta)$/,
    reason: 'recorded: with codes, somebody who is signed in gets the session',
  },
  {
    difference: /^\+ (POST|PUT|DELETE) account\/authenticators\/webauthn 400$/,
    reason: 'README: input is checked',
  },
  {
    difference: /^\+ DELETE auth\/sessions 400$/,
    reason: 'README: input is checked',
  },
  {
    difference: /^\+ \S+ \S+ 400\.(status|errors) is required$/,
    reason: 'recorded: a 400 always has both, except on tokens/refresh',
  },
  {
    difference: /^\+ \S+ account\/authenticators\/(totp|webauthn) 409\.errors$/,
    reason: 'recorded: tells that an address has to be verified first',
  },
  {
    difference: /\.data\.methods\[\]\.(id|passwordless)$/,
    reason: 'recorded: mfa records name the authenticator and tell passkeys',
  },
  {
    difference: /\.data\.user\.(id|display|has_usable_password) is required$/,
    reason: 'recorded: every user has them',
  },
  {
    difference: /^- GET auth\/provider\/signup 200\.data\.user\.id$/,
    reason: 'recorded: a user that is not made yet has no id',
  },
  {
    difference: /\.meta\.is_authenticated may be (true|false)$/,
    reason: 'README: always a boolean; the status tells which',
  },
  {
    difference: /\.meta\.refresh_token$/,
    reason: 'recorded: comes along with the access token',
  },
  {
    difference: /^\+ GET auth\/webauthn\/login 200\.meta$/,
    reason: 'recorded: an app gets the session that it begins here',
  },
  {
    difference: /^[-+] GET auth\/webauthn\/signup 200\.data\.(creation|request)_options$/,
    reason: 'README: the options are for creating a credential',
  },
  {
    difference: /200\.data\.(creation|request)_options\.publicKey$/,
    reason: 'recorded: the options are described instead of left open',
  },
  {
    difference: /^- GET config 200\.data\.account\.authentication_method is required$/,
    reason: 'README: absent when only the phone is a login method',
  },
  {
    difference: /^\+ GET config 200\.data\.account\.authentication_method (is string|may be .*)$/,
    reason: 'recorded, and settings.md: the reference requires the member without describing it',
  },
  {
    difference: /^\+ GET config 200\.data\.account\.login_methods\[\] may be "phone"$/,
    reason: 'README: login_methods may list phone',
  },
  {
    difference:
      /^\+ GET config 200\.data\.account\.(login_methods|password_reset_by_code_enabled) is required$/,
    reason: 'recorded: never absent',
  },
  {
    difference: /^\+ GET config 200\.data\.mfa\.passkey_login_enabled$/,
    reason: 'recorded: never absent',
  },
  {
    difference: /^- POST auth\/signup body\.password is required$/,
    reason: 'recorded: it is a setting whether a password is needed',
  },
  {
    difference: /^\+ POST auth\/(provider\/)?signup body\.email2$/,
    reason: 'recorded: it is a setting whether the address is asked for twice',
  },
  {
    difference: /^\+ PUT account\/authenticators\/webauthn body\.(id|name) is required$/,
    reason: 'recorded: without them the answer is 400',
  },
  {
    difference: / body is required$/,
    reason: 'recorded: without a body the answer is 400',
  },
  {
    difference: /^\+ \S+ \S+ header parameter X-Session-Token$/,
    reason: 'README: every app path reads the token',
  },
]

describe.skipIf(!existsSync(referenceFile))('our contract beside the reference contract', () => {
  const found = existsSync(referenceFile)
    ? differences(readDocument(referenceFile), readDocument(openapiFile))
    : []

  it('differs only where a correction says so', () => {
    const unexplained = found.filter((line) => !corrections.some((it) => it.difference.test(line)))
    expect(unexplained).toEqual([])
  })

  it('needs every correction', () => {
    const unused = corrections.filter((it) => !found.some((line) => it.difference.test(line)))
    expect(unused).toEqual([])
  })
})
