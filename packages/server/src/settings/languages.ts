/** What messages can be written in: language tags (BCP 47). */
export type Language = 'en' | 'de' | 'fr' | 'es' | 'ar'

/** Each language by its own name, as people look for theirs in a list. */
export const languages = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ar: 'العربية',
} as const satisfies Readonly<Record<Language, string>>

// Only tags are keys of it, which `keys` can not know of any object.
export const allLanguages = Object.keys(languages) as readonly Language[]

/** Whether messages can be written in what a tag names. */
export function isLanguage(tag: unknown): tag is Language {
  return allLanguages.some((language) => language === tag)
}
