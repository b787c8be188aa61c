import { useConfiguration } from '../../lib/configuration.tsx'
import { useSay } from '../../lib/language.tsx'
import { Around } from '../../ui/around.tsx'

/** What signing up means, where the site has terms. */
export function Agreement() {
  const say = useSay()
  const { terms_url: terms, privacy_url: privacy } = useConfiguration().portal
  if (!terms && !privacy) return null
  return (
    <div className="fine">
      {terms && (
        <p>
          <Around text={say('auth.agreeTerms')} hole="terms">
            <a href={terms} target="_blank" rel="noreferrer">
              {say('common.terms')}
            </a>
          </Around>
        </p>
      )}
      {privacy && (
        <p>
          <Around text={say('auth.seePrivacy')} hole="privacy">
            <a href={privacy} target="_blank" rel="noreferrer">
              {say('common.privacy')}
            </a>
          </Around>
        </p>
      )}
    </div>
  )
}
