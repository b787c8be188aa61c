import { type Offered, useConfiguration } from '../../lib/configuration.tsx'
import type { MessageName } from '../../lib/language.tsx'
import type { IconName } from './ui/icon.tsx'

/** One of the pages. */
export interface Place {
  path: string
  icon: IconName
  name: MessageName
  /** What it is good for. */
  text: MessageName
}

interface Possible extends Place {
  /** Whether the server has something to show there; left out: always. */
  isOffered?(offered: Offered): boolean
}

const places: readonly Possible[] = [
  { path: '/account', icon: 'person', name: 'account.overview', text: 'account.overviewText' },
  {
    path: '/account/emails',
    icon: 'mail',
    name: 'account.emails',
    text: 'account.emailsText',
    isOffered: ({ portal }) => portal.has_passwords,
  },
  {
    path: '/account/phone',
    icon: 'phone',
    name: 'account.phone',
    text: 'account.phoneText',
    isOffered: ({ portal }) => portal.has_phone_numbers,
  },
  {
    path: '/account/password',
    icon: 'lock',
    name: 'account.password',
    text: 'account.passwordText',
    isOffered: ({ portal }) => portal.has_passwords,
  },
  {
    path: '/account/authenticators',
    icon: 'shield',
    name: 'account.authenticators',
    text: 'account.authenticatorsText',
    isOffered: ({ mfa }) => mfa?.supported_types.some((type) => type !== 'webauthn') ?? false,
  },
  {
    path: '/account/passkeys',
    icon: 'key',
    name: 'account.passkeys',
    text: 'account.passkeysText',
    isOffered: ({ mfa }) => mfa?.supported_types.includes('webauthn') ?? false,
  },
  {
    path: '/account/connections',
    icon: 'link',
    name: 'account.connections',
    text: 'account.connectionsText',
    isOffered: ({ socialaccount }) => (socialaccount?.providers.length ?? 0) > 0,
  },
  {
    path: '/account/sessions',
    icon: 'screen',
    name: 'account.sessions',
    text: 'account.sessionsText',
    isOffered: ({ usersessions }) => usersessions !== undefined,
  },
  {
    path: '/account/data',
    icon: 'box',
    name: 'account.data',
    text: 'account.dataText',
    isOffered: ({ portal }) => portal.can_export_account || portal.can_delete_account,
  },
]

/** The pages that this server has something to show on. */
export function usePlaces(): readonly Place[] {
  const offered = useConfiguration()
  return places.filter(({ isOffered }) => isOffered?.(offered) ?? true)
}
