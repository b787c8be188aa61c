import type { ReactNode } from 'react'
import { useConfiguration } from '../../lib/configuration.tsx'
import { useSay } from '../../lib/language.tsx'
import type { SignupField } from '../../lib/portal.ts'
import { Field } from '../../ui/field.tsx'
import { PasswordField } from '../../ui/password-field.tsx'

interface SignupFieldsProps {
  fields: readonly SignupField[]
  /** What is known already. */
  known?: { email?: string | undefined; username?: string | undefined; phone?: string | undefined }
}

/** What the site asks a new user for, in its order. */
export function SignupFields({ fields, known = {} }: SignupFieldsProps) {
  const hasUsername = fields.some(({ name }) => name === 'username')
  return fields.map((field) => (
    <OneField
      key={field.name}
      {...field}
      known={known}
      // What password managers keep the password under.
      emailIs={hasUsername ? 'email' : 'username'}
    />
  ))
}

const plain = { autoCapitalize: 'none', autoCorrect: 'off', spellCheck: false } as const

interface OneFieldProps extends SignupField, Required<Pick<SignupFieldsProps, 'known'>> {
  emailIs: 'email' | 'username'
}

function OneField({ name, is_required, known, emailIs }: OneFieldProps): ReactNode {
  const say = useSay()
  const { password_min_length: least } = useConfiguration().portal
  const common = { name, required: is_required, isOptional: !is_required }
  switch (name) {
    case 'email':
      return (
        <Field
          {...common}
          {...plain}
          label={say('auth.email')}
          type="email"
          autoComplete={emailIs}
          defaultValue={known.email}
        />
      )
    case 'email2':
      return (
        <Field
          {...common}
          {...plain}
          label={say('auth.emailAgain')}
          type="email"
          autoComplete="email"
          defaultValue={known.email}
        />
      )
    case 'username':
      return (
        <Field
          {...common}
          {...plain}
          label={say('auth.username')}
          autoComplete="username"
          defaultValue={known.username}
        />
      )
    case 'phone':
      return (
        <Field
          {...common}
          {...plain}
          label={say('auth.phone')}
          hint={say('auth.phoneHint')}
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          defaultValue={known.phone}
        />
      )
    case 'password':
      return (
        <PasswordField
          {...common}
          label={say('auth.password')}
          hint={say('auth.passwordHint', { least })}
          autoComplete="new-password"
        />
      )
    case 'password2':
      return (
        <PasswordField {...common} label={say('auth.passwordAgain')} autoComplete="new-password" />
      )
  }
}
