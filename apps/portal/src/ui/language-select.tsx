import { type Language, languages, useLanguage } from '../lib/language.tsx'

interface LanguageSelectProps {
  label: string
  className?: string
  onChoose(language: Language): void
}

/** Chooses among the languages of the server, each in its own words. */
export function LanguageSelect({ label, className, onChoose }: LanguageSelectProps) {
  const { language, offered } = useLanguage()
  return (
    <select
      className={className}
      aria-label={label}
      value={language}
      // The values are those of the options below.
      onChange={({ target }) => onChoose(target.value as Language)}
    >
      {offered.map((code) => (
        <option key={code} value={code} lang={code}>
          {languages[code]}
        </option>
      ))}
    </select>
  )
}
