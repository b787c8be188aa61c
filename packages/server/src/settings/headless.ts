import {
  type HeadlessTokenSettings,
  headlessTokenDefaults,
  headlessTokenParsers,
} from './headless-tokens.ts'
import { isRecord, type Parser, WrongValue } from './parser.ts'
import { bool, filledText, jsonFromText, listOf, oneOf, orNull } from './parsers.ts'

/** Who calls the API: a web page with cookies, or an app with a token. */
export type ClientKind = 'app' | 'browser'

/** The pages of the front end that mails and redirects lead to. */
export type FrontendUrlName =
  | 'account_confirm_email'
  | 'account_reset_password'
  | 'account_reset_password_from_key'
  | 'account_signup'
  | 'socialaccount_login_error'

export type FrontendUrls = Readonly<Partial<Record<FrontendUrlName, string>>>

/** Who may call the API, which pages it leads to, and what tokens apps get. */
export interface HeadlessSettings extends HeadlessTokenSettings {
  /**
   * Who may call the API: `app`, `browser` or both. The paths of a client that is not listed do not
   * exist.
   * @defaultValue ['browser', 'app']
   */
  clients: readonly ClientKind[]
  /**
   * Pages of the front end: `account_confirm_email` and `account_reset_password_from_key` (with
   * `{key}` where the key belongs), `account_reset_password`, `account_signup` and
   * `socialaccount_login_error`. Mails and redirects lead there; without an entry a mail
   * carries the bare key, to be pasted.
   * @defaultValue {}
   */
  frontendUrls: FrontendUrls
  /**
   * Serves the OpenAPI description of the API, narrowed to the settings, at `/_allauth/openapi.json`,
   * `.yaml` and `.html`. Everybody can read it; it tells nothing that the API does not tell itself.
   * @defaultValue false
   */
  serveSpecification: boolean
  /**
   * `null` leaves out the HTML page of the specification. Which page a text names does not matter
   * here: there is one.
   * @defaultValue 'headless/spec/redoc_cdn.html'
   */
  specificationTemplateName: string | null
}

export const headlessDefaults: HeadlessSettings = {
  clients: ['browser', 'app'],
  frontendUrls: {},
  serveSpecification: false,
  specificationTemplateName: 'headless/spec/redoc_cdn.html',
  ...headlessTokenDefaults,
}

const frontendUrlNames: readonly FrontendUrlName[] = [
  'account_confirm_email',
  'account_reset_password',
  'account_reset_password_from_key',
  'account_signup',
  'socialaccount_login_error',
]

const frontendUrls: Parser<FrontendUrls> = {
  expected: `an object with addresses for any of ${frontendUrlNames.join(', ')}`,
  fromText: jsonFromText,
  parse(value) {
    if (!isRecord(value)) throw new WrongValue(frontendUrls.expected, value)
    const unknown = Object.keys(value).find((key) => !frontendUrlNames.some((it) => it === key))
    if (unknown !== undefined) throw new WrongValue(frontendUrls.expected, unknown)
    const given = frontendUrlNames.filter((name) => value[name] !== undefined)
    return Object.fromEntries(given.map((name) => [name, filledText.parse(value[name])]))
  },
}

export const headlessParsers = {
  clients: listOf(oneOf(['app', 'browser']), 1),
  frontendUrls,
  serveSpecification: bool,
  specificationTemplateName: orNull(filledText),
  ...headlessTokenParsers,
} satisfies { [K in keyof HeadlessSettings]: Parser<HeadlessSettings[K]> }
