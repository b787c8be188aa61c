import { useLanguage } from '../../../lib/language.tsx'

/** A time of the API, in seconds since 1970, as people of the language write it. */
export function When({ at }: { at: number }) {
  const { language } = useLanguage()
  const date = new Date(at * 1000)
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  return <time dateTime={date.toISOString()}>{format.format(date)}</time>
}
