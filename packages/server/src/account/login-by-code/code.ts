import { beginCode, type CodeKind, pendingCode } from '../../codes/pending.ts'
import type { Exchange, PendingLogin } from '../../exchange.ts'
import { queueMail, queueSms, type Recipient } from '../../messages.ts'
import { isPhoneNumber } from '../../users/spelling.ts'

/** The code that logs in, by mail or by text message. */
export const loginCode: CodeKind = {
  purpose: 'login',
  slot: 'loginCode',
  owner: 'login',
  rules: ({ account }) => ({
    format: account.loginByCodeFormat,
    maxAttempts: account.loginByCodeMaxAttempts,
    timeoutSeconds: account.loginByCodeTimeout,
    resends: account.loginByCodeSupportsResend,
    changes: 0,
  }),
}

/** Begins to wait for a code of this login and sends it; a pretended login's is never sent. */
export function sendLoginCode(ctx: Exchange, login: PendingLogin, target: string): void {
  const code = beginCode(ctx, loginCode, { target, userId: login.userId, loginId: login.id })
  if (code !== null) deliverLoginCode(ctx, { to: target, language: login.language ?? null }, code)
}

export function deliverLoginCode(ctx: Exchange, recipient: Recipient, code: string): void {
  const minutes = Math.ceil(ctx.server.settings.account.loginByCodeTimeout / 60)
  if (isPhoneNumber(recipient.to)) queueSms(ctx, recipient, 'login_code', { code, minutes })
  else queueMail(ctx, recipient, 'login_code', { code, minutes })
}

/** The code that this session waits for. */
export function pendingLoginCode(ctx: Exchange) {
  return pendingCode(ctx, loginCode)
}
