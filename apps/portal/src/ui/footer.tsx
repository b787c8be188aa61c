import { useConfiguration } from '../lib/configuration.tsx'
import { useLanguage } from '../lib/language.tsx'
import { LanguageSelect } from './language-select.tsx'

interface FooterProps {
  /** Whether a language can be chosen here, for this browser alone. */
  hasLanguages?: boolean
}

/** What applies, and the choice of a language. */
export function Footer({ hasLanguages = true }: FooterProps) {
  const { portal } = useConfiguration()
  const { setLanguage, say } = useLanguage()
  return (
    <footer className="footer">
      {portal.terms_url && <a href={portal.terms_url}>{say('common.terms')}</a>}
      {portal.privacy_url && <a href={portal.privacy_url}>{say('common.privacy')}</a>}
      {portal.support_url && <a href={portal.support_url}>{say('common.help')}</a>}
      {hasLanguages && <LanguageSelect label={say('common.language')} onChoose={setLanguage} />}
    </footer>
  )
}
