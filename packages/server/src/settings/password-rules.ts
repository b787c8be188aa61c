import { isRecord, type Parser, WrongValue } from './parser.ts'
import { jsonFromText } from './parsers.ts'

/** A rule for passwords: its name, which may end a dotted path, and its options. */
export interface PasswordRule {
  NAME: string
  OPTIONS?: Readonly<Record<string, unknown>>
}

export const defaultPasswordRules: readonly PasswordRule[] = [
  { NAME: 'UserAttributeSimilarityValidator' },
  { NAME: 'MinimumLengthValidator' },
  { NAME: 'CommonPasswordValidator' },
  { NAME: 'NumericPasswordValidator' },
]

/** Reads the list; what the rules are and which options they take is known to `passwords/`. */
export const passwordRules: Parser<readonly PasswordRule[]> = {
  expected: 'a list of { "NAME": …, "OPTIONS": { … } }',
  fromText: jsonFromText,
  parse(value) {
    if (!Array.isArray(value)) throw new WrongValue(passwordRules.expected, value)
    return value.map(readRule)
  },
  show: (rules) => rules.map(({ NAME }) => NAME),
}

function readRule(entry: unknown): PasswordRule {
  if (typeof entry === 'string') return { NAME: entry }
  if (!isRecord(entry) || typeof entry.NAME !== 'string') {
    throw new WrongValue(passwordRules.expected, entry)
  }
  const { NAME, OPTIONS } = entry
  if (OPTIONS === undefined) return { NAME }
  if (!isRecord(OPTIONS)) throw new WrongValue('an object as "OPTIONS"', OPTIONS)
  return { NAME, OPTIONS }
}
