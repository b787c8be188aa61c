import { type PortalColors, portalColors } from './colors.ts'
import { type Parser, WrongValue } from './parser.ts'
import { bool, filledText, oneOf, orNull, textLike } from './parsers.ts'

/** The schemes that pages follow: what the system of a visitor asks for, or always one. */
export type ColorScheme = 'light dark' | 'light' | 'dark'

/** The sign-in and account pages that the server itself serves. */
export interface PortalSettings {
  /**
   * Serves the pages. Off, only the API is served. They are off as well where HEADLESS_CLIENTS has no
   * `browser`, and, in a program of your own, until this is given.
   * @defaultValue true
   */
  enabled: boolean
  /**
   * The path that the pages are served below, such as `/auth/`.
   * @defaultValue '/'
   */
  path: string
  /**
   * What the pages call the site. `null`: SITE_NAME.
   * @defaultValue null
   */
  name: string | null
  /**
   * A picture to show above the forms, by its address or by a path on the same host. `null`: the name
   * alone.
   * @defaultValue null
   */
  logoUrl: string | null
  /**
   * Light or dark pages, or both as the visitor's system asks for.
   * @defaultValue 'light dark'
   */
  colorScheme: ColorScheme
  /**
   * Colours in place of those of the pages: any of `accent`, `accentText`, `background`, `surface`, `text`,
   * `border`, `danger` and `success`, each one colour or an object with `light` and `dark`. Colours are
   * written `#0a7` or as functions such as `oklch(60% 0.15 250)`.
   * @defaultValue {}
   */
  colors: PortalColors
  /**
   * The terms that people agree to by signing up, by an address or a path. `null`: there is no such link.
   * @defaultValue null
   */
  termsUrl: string | null
  /**
   * How the site treats what it knows of people, by an address or a path. `null`: there is no such link.
   * @defaultValue null
   */
  privacyUrl: string | null
  /**
   * Where people who cannot get in find help, by an address or a path. `null`: there is no such link.
   * @defaultValue null
   */
  supportUrl: string | null
  /**
   * Where somebody who has signed in goes on to, by an address or a path. `null`: the account page.
   * @defaultValue null
   */
  afterLoginUrl: string | null
}

export const portalDefaults: PortalSettings = {
  enabled: true,
  path: '/',
  name: null,
  logoUrl: null,
  colorScheme: 'light dark',
  colors: {},
  termsUrl: null,
  privacyUrl: null,
  supportUrl: null,
  afterLoginUrl: null,
}

// The first parts of paths that the server answers itself, or may answer in a later version.
const taken = /^\/(_|\.|health\/|accounts\/|assets\/)/

const folder: Parser<string> = {
  expected:
    'a path such as "/" or "/auth/", which does not begin with /_, /., /health/, /accounts/ or /assets/',
  fromText: filledText.fromText,
  parse(value) {
    if (typeof value !== 'string' || value === '') throw new WrongValue(folder.expected, value)
    const path = value.endsWith('/') ? value : `${value}/`
    const isPath = /^\/([\w~-][\w.~-]*\/)*$/.test(path)
    if (!isPath || taken.test(path)) throw new WrongValue(folder.expected, value)
    return path
  },
}

// Pages put these into links: nothing that runs, and nothing that changes the host unseen.
const pageAddress = textLike(
  'an address that begins with http:// or https://, or a path that begins with /',
  (value) => {
    if (/[\s\\<>"']/.test(value)) return false
    if (value.startsWith('/')) return !value.startsWith('//')
    const url = URL.parse(value)
    const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:'
    return isWeb && url.username === '' && url.password === ''
  },
)

export const portalParsers = {
  enabled: bool,
  path: folder,
  name: orNull(filledText),
  logoUrl: orNull(pageAddress),
  colorScheme: oneOf(['light dark', 'light', 'dark']),
  colors: portalColors,
  termsUrl: orNull(pageAddress),
  privacyUrl: orNull(pageAddress),
  supportUrl: orNull(pageAddress),
  afterLoginUrl: orNull(pageAddress),
} satisfies { [K in keyof PortalSettings]: Parser<PortalSettings[K]> }
