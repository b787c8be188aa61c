import { type Parser, WrongValue } from './parser.ts'
import { booleanFromText, oneOf, textLike } from './parsers.ts'

/** Which requests from other sites carry a cookie; null leaves the attribute out. */
export type CookieSameSite = 'Lax' | 'Strict' | 'None' | null

export const cookieName = textLike('the name of a cookie', (value) =>
  /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(value),
)

export const cookieDomain = textLike('a domain, such as "example.com"', (value) =>
  /^\.?[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(value),
)

export const cookiePath = textLike('a path that begins with "/"', (value) =>
  /^\/[^\s;]*$/.test(value),
)

const sameSiteWord = oneOf(['Lax', 'Strict', 'None'])

export const sameSite: Parser<CookieSameSite> = {
  expected: `${sameSiteWord.expected}, or false (no such attribute)`,
  fromText: booleanFromText,
  parse(value) {
    if (value === false || value === null) return null
    if (typeof value !== 'string') throw new WrongValue(sameSite.expected, value)
    return sameSiteWord.parse(value)
  },
}
