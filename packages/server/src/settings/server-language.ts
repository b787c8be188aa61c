import { allLanguages, isLanguage, type Language } from './languages.ts'
import { type Parser, WrongValue } from './parser.ts'
import { filledText, listOf } from './parsers.ts'

/** The languages of mails and text messages. */
export interface ServerLanguageSettings {
  /**
   * The language of messages to people who have chosen none and whose browser or app asks for none that is
   * offered. One of LANGUAGES.
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

/** Configurations that are taken over have a region in it, such as `en-us`. */
const language: Parser<Language> = {
  expected: `${allLanguages.map((tag) => `"${tag}"`).join(' or ')}, also with a region such as "en-us"`,
  fromText: filledText.fromText,
  parse(value) {
    const [tag] = /^[a-z]{2}(?=([-_]([a-z]{2}|\d{3}))?$)/i.exec(String(value)) ?? []
    const found = tag?.toLowerCase()
    if (typeof value !== 'string' || !isLanguage(found)) {
      throw new WrongValue(language.expected, value)
    }
    return found
  },
}

export const serverLanguageParsers = {
  languageCode: language,
  languages: listOf(language, 1),
} satisfies { [K in keyof ServerLanguageSettings]: Parser<ServerLanguageSettings[K]> }
