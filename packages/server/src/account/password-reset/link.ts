import { readSigned, sign } from '../../codes/signed-key.ts'
import type { Exchange } from '../../exchange.ts'
import { frontendUrl } from '../../frontend-url.ts'
import { queueMail } from '../../messages.ts'
import { findUserById, type User } from '../../users/users.ts'
import { sealOf } from './seal.ts'

const secondsPerDay = 86_400

/** Mails the link that resets the password of a user. */
export async function mailResetLink(ctx: Exchange, to: string, user: User): Promise<void> {
  const { keys, now, settings } = ctx.server
  const timeoutSeconds = settings.server.passwordResetTimeout
  const claim = [user.id, await sealOf(ctx, user)]
  const key = sign(keys, 'password_reset', claim, now() + timeoutSeconds * 1000)
  const url = frontendUrl(ctx, 'account_reset_password_from_key', key)
  queueMail(ctx, { to, language: user.language }, 'password_reset_link', {
    ...(url ? { url } : { key }),
    ...(user.username !== null && { username: user.username }),
    days: Math.max(1, Math.round(timeoutSeconds / secondsPerDay)),
  })
}

/** The user whose password a key resets; null where it is wrong, old, or was used. */
export async function readResetKey(ctx: Exchange, key: string): Promise<User | null> {
  const { keys, now, db } = ctx.server
  const claim = readSigned(keys, 'password_reset', key, now())
  const [userId, seal] = claim ?? []
  const user = userId === undefined ? null : await findUserById(db, userId)
  if (!user?.isActive) return null
  return (await sealOf(ctx, user)) === seal ? user : null
}
