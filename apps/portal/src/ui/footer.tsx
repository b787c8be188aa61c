import { useConfiguration } from '../lib/configuration.tsx'
import { type Language, languages, useLanguage } from '../lib/language.tsx'

interface FooterProps {
  /** Whether a language can be chosen here, for this browser alone. */
  hasLanguages?: boolean
}

/** What applies, and the choice of a language. */
export function Footer({ hasLanguages = true }: FooterProps) {
  const { portal } = useConfiguration()
  const { language, setLanguage, offered, say } = useLanguage()
  return (
    <footer className="footer">
      {portal.terms_url && <a href={portal.terms_url}>{say('common.terms')}</a>}
      {portal.privacy_url && <a href={portal.privacy_url}>{say('common.privacy')}</a>}
      {portal.support_url && <a href={portal.support_url}>{say('common.help')}</a>}
      {hasLanguages && (
        <select
          aria-label={say('common.language')}
          value={language}
          onChange={({ target }) => setLanguage(target.value as Language)}
        >
          {offered.map((code) => (
            <option key={code} value={code} lang={code}>
              {languages[code]}
            </option>
          ))}
        </select>
      )}
    </footer>
  )
}
