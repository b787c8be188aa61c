import { Link } from 'react-router'
import { useSay } from '../../lib/language.tsx'
import { Brand } from '../../ui/brand.tsx'
import { Footer } from '../../ui/footer.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'

/** What is left once an account is gone. */
export function Deleted() {
  const say = useSay()
  return (
    <div className="auth">
      <div className="auth-middle">
        <Brand />
        <Page title={say('account.deletedTitle')}>
          <Notice kind="success">{say('account.deletedText')}</Notice>
          <Link className="button button-plain" to="/login">
            {say('common.toStart')}
          </Link>
        </Page>
      </div>
      <Footer />
    </div>
  )
}
