import type { Language } from '../../../settings/languages.ts'
import type { Words } from '../words.ts'
import { arabic } from './ar.ts'
import { german } from './de.ts'
import { english } from './en.ts'
import { spanish } from './es.ts'
import { french } from './fr.ts'

/** What messages say, in every language. */
export const wordsOf: Readonly<Record<Language, Words>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  ar: arabic,
}
