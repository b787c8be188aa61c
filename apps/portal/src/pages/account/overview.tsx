import { Link } from 'react-router'
import { type Language, languages, useLanguage, useSay } from '../../lib/language.tsx'
import { Page } from '../../ui/page.tsx'
import { Methods } from './methods.tsx'
import { usePlaces } from './navigation.tsx'
import { useSignedIn } from './signed-in.tsx'
import { Icon } from './ui/icon.tsx'
import { Section } from './ui/section.tsx'
import { Warnings } from './warnings.tsx'

/** Who is signed in, what they should see to, and where the rest is. */
export function Overview() {
  const say = useSay()
  const places = usePlaces().filter(({ path }) => path !== '/account')
  return (
    <Page title={say('account.overview')}>
      <Warnings />
      <Profile />
      <ul className="tiles" aria-label={say('account.navigation')}>
        {places.map(({ path, icon, name, text }) => (
          <li key={path}>
            <Link className="tile" to={path}>
              <Icon name={icon} />
              <span>
                <strong>{say(name)}</strong>
                <span className="muted">{say(text)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <LanguageChoice />
    </Page>
  )
}

function Profile() {
  const say = useSay()
  const { user } = useSignedIn()
  return (
    <Section title={<bdi>{user.display}</bdi>}>
      <dl className="facts">
        {user.email && (
          <div>
            <dt>{say('account.email')}</dt>
            <dd>
              <bdi>{user.email}</bdi>
            </dd>
          </div>
        )}
        {user.username && (
          <div>
            <dt>{say('account.username')}</dt>
            <dd>
              <bdi>{user.username}</bdi>
            </dd>
          </div>
        )}
        <Methods />
      </dl>
    </Section>
  )
}

function LanguageChoice() {
  const { language, setLanguage, offered, say } = useLanguage()
  if (offered.length < 2) return null
  return (
    <Section title={say('common.language')} intro={say('account.languageText')}>
      <select
        className="account-language"
        aria-label={say('account.languageChoice')}
        value={language}
        // The values are those of the options below.
        onChange={({ target }) => setLanguage(target.value as Language)}
      >
        {offered.map((code) => (
          <option key={code} value={code} lang={code}>
            {languages[code]}
          </option>
        ))}
      </select>
    </Section>
  )
}
