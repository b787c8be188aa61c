import { isRecord, type Parser, WrongValue } from './parser.ts'

const words: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  '1': true,
  false: false,
  no: false,
  off: false,
  '0': false,
}

/** Reads a truth value from an environment variable; other text stays as it is. */
export function booleanFromText(text: string): unknown {
  if (text.trim() === '') return undefined
  return words[text.trim().toLowerCase()] ?? text
}

export const bool: Parser<boolean> = {
  expected: 'true or false',
  fromText: booleanFromText,
  parse(value) {
    if (typeof value !== 'boolean') throw new WrongValue(bool.expected, value)
    return value
  },
}

/** A number between two bounds, both included. */
export function decimal(min: number, max = Number.MAX_SAFE_INTEGER): Parser<number> {
  return numeric('a number', min, max, Number.isFinite)
}

/** A whole number between two bounds, both included. */
export function whole(min: number, max = Number.MAX_SAFE_INTEGER): Parser<number> {
  return numeric('a whole number', min, max, Number.isSafeInteger)
}

function numeric(
  kind: string,
  min: number,
  max: number,
  fits: (value: number) => boolean,
): Parser<number> {
  const bounds = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `from ${min} to ${max}`
  const expected = `${kind}, ${bounds}`
  return {
    expected,
    fromText: numberFromText,
    parse(value) {
      if (typeof value !== 'number' || !fits(value) || value < min || value > max) {
        throw new WrongValue(expected, value)
      }
      return value
    },
  }
}

/** Reads a number from an environment variable; other text stays as it is. */
function numberFromText(text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(trimmed) ? Number(trimmed) : text
}

/** Any text, also an empty one. */
export const text: Parser<string> = {
  expected: 'a text',
  fromText: (given) => given,
  parse(value) {
    if (typeof value !== 'string') throw new WrongValue(text.expected, value)
    return value
  },
}

/** A text with at least one character; an empty environment variable counts as not set. */
export const filledText: Parser<string> = {
  expected: 'a text that is not empty',
  fromText: (given) => (given.trim() === '' ? undefined : given.trim()),
  parse(value) {
    if (typeof value !== 'string' || value === '') throw new WrongValue(filledText.expected, value)
    return value
  },
}

/** A text that a test accepts, described by `expected`. */
export function textLike(expected: string, fits: (value: string) => boolean): Parser<string> {
  return {
    expected,
    fromText: filledText.fromText,
    parse(value) {
      if (typeof value !== 'string' || !fits(value)) throw new WrongValue(expected, value)
      return value
    },
  }
}

/** One of a few words. Capitals do not matter in how it is given. */
export function oneOf<const T extends string>(choices: readonly T[]): Parser<T> {
  const expected = choices.map((choice) => `"${choice}"`).join(' or ')
  return {
    expected,
    fromText: filledText.fromText,
    parse(value) {
      const wanted = typeof value === 'string' ? value.toLowerCase() : undefined
      const found = choices.find((choice) => choice.toLowerCase() === wanted)
      if (found === undefined) throw new WrongValue(expected, value)
      return found
    },
  }
}

/** What the other parser accepts, or null. */
export function orNull<T>(parser: Parser<T>): Parser<T | null> {
  return {
    expected: `${parser.expected}, or null`,
    fromText: (given) => (given.trim().toLowerCase() === 'null' ? null : parser.fromText(given)),
    parse: (value) => (value === null ? null : parser.parse(value)),
  }
}

/** A list without repetitions; comma-separated or JSON in an environment variable. */
export function listOf<T>(entry: Parser<T>, least = 0): Parser<readonly T[]> {
  const size = least > 0 ? `a list of at least ${least}` : 'a list'
  const expected = `${size}, each entry being ${entry.expected}`
  return {
    expected,
    fromText: listFromText,
    parse(value) {
      if (!Array.isArray(value) || value.length < least) throw new WrongValue(expected, value)
      return [...new Set(value.map((one: unknown) => entry.parse(one)))]
    },
  }
}

/** Reads a list from an environment variable: JSON if it looks like it, else comma-separated. */
export function listFromText(given: string): unknown {
  const trimmed = given.trim()
  if (trimmed === '') return undefined
  if (trimmed.startsWith('[') || trimmed.startsWith('{')) return jsonFromText(trimmed)
  return trimmed.split(',').map((one) => one.trim())
}

/** Reads JSON from an environment variable; text that is not JSON stays as it is. */
export function jsonFromText(given: string): unknown {
  if (given.trim() === '') return undefined
  try {
    return JSON.parse(given)
  } catch {
    return given
  }
}

/** An object whose content nobody has looked at yet. */
export const record: Parser<Readonly<Record<string, unknown>>> = {
  expected: 'an object',
  fromText: jsonFromText,
  parse(value) {
    if (!isRecord(value)) throw new WrongValue(record.expected, value)
    return value
  },
}

const quotaOfTrue = 2

/** How often something may be done: a number, or true for twice and false for never. */
export const quota: Parser<number> = {
  expected: 'true (twice), false (never), or a whole number, 0 or more',
  fromText(given) {
    const number = numberFromText(given)
    return typeof number === 'number' ? number : booleanFromText(given)
  },
  parse(value) {
    if (typeof value === 'boolean') return value ? quotaOfTrue : 0
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
      throw new WrongValue(quota.expected, value)
    }
    return value
  },
}

/** The name of a request header in small letters; also read as `HTTP_X_NAME`. */
export const headerName: Parser<string> = {
  expected: 'the name of a header, such as "X-Real-IP"',
  fromText: filledText.fromText,
  parse(value) {
    if (typeof value !== 'string') throw new WrongValue(headerName.expected, value)
    const name = value
      .replace(/^HTTP_/, '')
      .replaceAll('_', '-')
      .toLowerCase()
    if (!/^[a-z0-9-]+$/.test(name)) throw new WrongValue(headerName.expected, value)
    return name
  },
}

/** An http or https address; name and password in it can be read, as they are sent elsewhere. */
export const webAddress = textLike(
  'an address that begins with http:// or https://, with %25 for a percent sign in name and password',
  (value) => {
    const url = URL.parse(value)
    if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return false
    return !/\s/.test(value) && isDecodable(url.username) && isDecodable(url.password)
  },
)

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
