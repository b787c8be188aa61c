import type { Language } from '../../settings/languages.ts'

// Codes have European digits, so what is around them has, too; dates are of the calendar of the log.
const formats: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  de: 'de-DE',
  fr: 'fr-FR',
  es: 'es-ES',
  ar: 'ar-u-ca-gregory-nu-latn',
}

/** `1 minute`, `15 minutes`, in the words of a language. */
export function inUnits(amount: number, unit: 'minute' | 'day', language: Language): string {
  const options = { style: 'unit', unit, unitDisplay: 'long', useGrouping: false } as const
  const whole = Math.max(1, Math.round(amount))
  return new Intl.NumberFormat(formats[language], options).format(whole)
}

/** `14 March 2027 at 09:05 UTC`, likewise. */
export function atTime(at: Date, language: Language): string {
  const options = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const
  return `${at.toLocaleString(formats[language], options)} UTC`
}
