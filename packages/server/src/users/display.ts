import type { components } from '@latchkey/contract'
import type { SessionUser } from '../exchange.ts'
import type { Settings } from '../settings/settings.ts'

/** The user as answers show it. */
export function describeUser(user: SessionUser, settings: Settings): components['schemas']['User'] {
  const hasUsernames = settings.account.userModelUsernameField !== null
  return {
    id: user.id,
    display: user.username ?? user.email ?? user.id,
    ...(user.email !== null && { email: user.email }),
    has_usable_password: user.hasPassword,
    ...(hasUsernames && user.username !== null && { username: user.username }),
  }
}
