import type { Language } from '../../settings/languages.ts'

type Unit = 'minute' | 'day'

// Codes have European digits, so what is around them has, too; dates are of the calendar of the log.
const formats: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  de: 'de-DE',
  fr: 'fr-FR',
  es: 'es-ES',
  ar: 'ar-u-ca-gregory-nu-latn',
}

/** Where one is not counted by itself, it has to be said here that it is one. */
const ones: Readonly<Partial<Record<Language, Record<Unit, string>>>> = {
  ar: { minute: 'دقيقة واحدة', day: 'يوم واحد' },
}

// To make one takes longer than all the rest of a mail, and would tell those who are mailed from others.
const counters = new Map<string, Intl.NumberFormat>()

/** `1 minute`, `15 minutes`, in the words of a language. */
export function inUnits(amount: number, unit: Unit, language: Language): string {
  const whole = Math.max(1, Math.round(amount))
  const one = whole === 1 ? ones[language]?.[unit] : undefined
  return one ?? counterFor(unit, language).format(whole)
}

/** `14 March 2027 at 09:05 UTC`, likewise. */
export function atTime(at: Date, language: Language): string {
  const options = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const
  return `${at.toLocaleString(formats[language], options)} UTC`
}

function counterFor(unit: Unit, language: Language): Intl.NumberFormat {
  const name = `${language} ${unit}`
  const options = { style: 'unit', unit, unitDisplay: 'long', useGrouping: false } as const
  const counter = counters.get(name) ?? new Intl.NumberFormat(formats[language], options)
  counters.set(name, counter)
  return counter
}
