import { Link } from 'react-router'
import { useSay } from '../lib/language.tsx'
import { Page } from '../ui/page.tsx'

export function NotFound() {
  const say = useSay()
  return (
    <Page title={say('common.notFound')}>
      <p>{say('common.notFoundText')}</p>
      <p>
        <Link to="/">{say('common.toStart')}</Link>
      </p>
    </Page>
  )
}
