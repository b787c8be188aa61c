import { useConfiguration } from '../../lib/configuration.tsx'
import type { LoginMethod } from '../../lib/identifier.ts'
import type { MessageName } from '../../lib/language.tsx'
import { useSay } from '../../lib/language.tsx'
import { Field } from '../../ui/field.tsx'

const labels: Readonly<Record<string, MessageName>> = {
  email: 'auth.email',
  username: 'auth.username',
  phone: 'auth.phone',
  'email username': 'auth.emailOrUsername',
  'email phone': 'auth.emailOrPhone',
  'phone username': 'auth.phoneOrUsername',
  'email phone username': 'auth.emailPhoneOrUsername',
}

interface IdentifierFieldProps {
  name: string
  methods: readonly LoginMethod[]
  defaultValue?: string | undefined
}

/** One field for all that somebody can be known by. */
export function IdentifierField({ name, methods, defaultValue }: IdentifierFieldProps) {
  const say = useSay()
  const { mfa } = useConfiguration()
  const [only] = methods.length === 1 ? methods : []
  return (
    <Field
      name={name}
      label={say(labels[[...methods].sort().join(' ')] ?? 'auth.email')}
      hint={only === 'phone' ? say('auth.phoneHint') : undefined}
      type={only === 'email' ? 'email' : only === 'phone' ? 'tel' : 'text'}
      inputMode={only === 'phone' ? 'tel' : methods.includes('email') ? 'email' : 'text'}
      autoComplete={mfa?.passkey_login_enabled ? 'username webauthn' : 'username'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      required
      defaultValue={defaultValue}
    />
  )
}
