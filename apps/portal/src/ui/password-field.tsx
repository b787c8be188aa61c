import { type ReactNode, useState } from 'react'
import { useSay } from '../lib/language.tsx'
import { Field } from './field.tsx'
import { Icon } from './icon.tsx'

interface PasswordFieldProps {
  name: string
  label: ReactNode
  autoComplete: 'current-password' | 'new-password'
  hint?: ReactNode
  aside?: ReactNode
  required?: boolean
  isOptional?: boolean
}

/** A password, which can be looked at while it is typed. */
export function PasswordField(props: PasswordFieldProps) {
  const say = useSay()
  const [isShown, setShown] = useState(false)
  return (
    <Field
      {...props}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      dir="ltr"
      trailing={
        <button
          type="button"
          className="field-button"
          aria-label={say(isShown ? 'common.hidePassword' : 'common.showPassword')}
          onClick={() => setShown(!isShown)}
        >
          <Icon name={isShown ? 'eye-off' : 'eye'} />
        </button>
      }
    />
  )
}
