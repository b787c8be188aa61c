import { allLanguages, isLanguage, type Language } from './languages.ts'
import { type Parser, WrongValue } from './parser.ts'
import { filledText, listFromText } from './parsers.ts'

/** The languages of mails and text messages. */
export interface ServerLanguageSettings {
  /**
   * The language of messages to people who have chosen none and whose browser or app asks for none that is
   * offered. One of LANGUAGES; where English is not among them and nothing is given, their first.
   * @defaultValue 'en'
   */
  languageCode: Language
  /**
   * The languages that are offered.
   * @defaultValue ['en', 'de', 'fr', 'es', 'ar']
   */
  languages: readonly Language[]
}

export const serverLanguageDefaults: ServerLanguageSettings = {
  languageCode: 'en',
  languages: allLanguages,
}

const tagPattern = /^([a-z]{2,3})([-_][a-z\d]{2,8}){0,3}$/i

/** The language in a tag such as `en-us`; undefined for what is no tag. */
function languageIn(value: unknown): string | undefined {
  return typeof value === 'string' ? tagPattern.exec(value)?.[1]?.toLowerCase() : undefined
}

/** Of a configuration that is taken over, what there are no texts in counts as English; see `untranslated`. */
const languageCode: Parser<Language> = {
  expected: 'a language tag such as "de" or "en-us"',
  fromText: filledText.fromText,
  parse(value) {
    const found = languageIn(value)
    if (found === undefined) throw new WrongValue(languageCode.expected, value)
    return isLanguage(found) ? found : 'en'
  },
}

/** Entries may be pairs of a tag and a name, as Django has them. */
const languages: Parser<readonly Language[]> = {
  expected: 'a list of at least 1, each entry being a language tag such as "de" or "en-us"',
  fromText: listFromText,
  parse(value) {
    const tags = tagsIn(value)
    if (tags.length === 0 || tags.includes(undefined)) {
      throw new WrongValue(languages.expected, value)
    }
    const offered = [...new Set(tags.filter(isLanguage))]
    return offered.length > 0 ? offered : ['en']
  },
}

function tagsIn(value: unknown): (string | undefined)[] {
  if (!Array.isArray(value)) return []
  return value.map((entry: unknown) => languageIn(Array.isArray(entry) ? entry[0] : entry))
}

/** The languages that a setting names and that there are no texts in. */
export function untranslated(name: string, value: unknown): string[] {
  const given = name === 'LANGUAGES' && typeof value === 'string' ? listFromText(value) : value
  const tags =
    name === 'LANGUAGES' ? tagsIn(given) : name === 'LANGUAGE_CODE' ? [languageIn(given)] : []
  return tags.filter((tag) => tag !== undefined).filter((tag) => !isLanguage(tag))
}

export const serverLanguageParsers = {
  languageCode,
  languages,
} satisfies { [K in keyof ServerLanguageSettings]: Parser<ServerLanguageSettings[K]> }
