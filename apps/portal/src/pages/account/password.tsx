import { useState } from 'react'
import { client } from '../../lib/client.ts'
import { useConfiguration } from '../../lib/configuration.tsx'
import { useSay } from '../../lib/language.tsx'
import { Form } from '../../ui/form.tsx'
import { Page } from '../../ui/page.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { UsernameOf } from '../../ui/username-of.tsx'
import { leaveDone, useSignedIn } from './signed-in.tsx'
import { useTell } from './told.tsx'
import { Section } from './ui/section.tsx'
import { useChange } from './use-change.ts'

/** Changes the password, or sets the first one. */
export function Password() {
  const say = useSay()
  const { user } = useSignedIn()
  const hasOne = user.has_usable_password
  return (
    <Page title={say('account.password')}>
      <Section
        title={say(hasOne ? 'account.passwordChange' : 'account.passwordSet')}
        intro={say(hasOne ? 'account.passwordChangeText' : 'account.passwordSetText')}
      >
        <PasswordForm hasOne={hasOne} />
      </Section>
    </Page>
  )
}

function PasswordForm({ hasOne }: { hasOne: boolean }) {
  const say = useSay()
  const tell = useTell()
  const { portal } = useConfiguration()
  const signedIn = useSignedIn()
  const { user } = signedIn
  const [round, setRound] = useState(0)
  const done = hasOne ? 'account.passwordChanged' : 'account.passwordIsSet'
  const change = useChange(
    (current_password: string, new_password: string) =>
      // Where the settings say so, the change ends this session as well.
      leaveDone(signedIn, { path: '/login', notice: done }, () =>
        client.changePassword({ ...(hasOne && { current_password }), new_password }),
      ),
    {
      onDone() {
        setRound(round + 1)
        tell(say(done))
      },
    },
  )
  return (
    <Form
      key={round}
      state={change}
      submit={say(hasOne ? 'account.passwordChange' : 'account.passwordSet')}
      onSubmit={(values) => change.run(values.current_password ?? '', values.new_password ?? '')}
    >
      <UsernameOf name={user.email ?? user.username ?? ''} />
      {hasOne && (
        <PasswordField
          name="current_password"
          label={say('account.currentPassword')}
          autoComplete="current-password"
          required
        />
      )}
      <PasswordField
        name="new_password"
        label={say('account.newPassword')}
        hint={say('account.newPasswordHint', { count: portal.password_min_length })}
        autoComplete="new-password"
        required
      />
    </Form>
  )
}
