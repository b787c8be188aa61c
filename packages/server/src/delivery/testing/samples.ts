import type { MailTemplate } from '../render.ts'
import type { MailParams } from '../templates/params.ts'

const origin = {
  ip: '192.0.2.1',
  userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
  at: new Date('2027-03-14T09:05:00Z'),
}
const email = 'ann@example.org'
const page = 'https://app.example.test/account'

/** Parameters for every mail, and for every variant of it. */
export const samples: { [Template in MailTemplate]: readonly MailParams[Template][] } = {
  email_confirmation: [
    { email, url: `${page}/verify-email/Mg:1tXk3P:aBcD-_9`, isSignup: true },
    { email, url: `${page}/verify-email/Mg:1tXk3P:aBcD-_9`, isSignup: false },
    { email, key: 'Mg:1tXk3P:aBcD-_9eFgHiJkLmNoP', isSignup: true },
    { email, isSignup: false },
  ],
  email_verification_code: [
    { email, code: 'FK7-2MP', minutes: 15, isSignup: true },
    { email, code: '483920', minutes: 1, isSignup: false },
  ],
  account_already_exists: [{ email, resetUrl: `${page}/password/reset` }, { email }],
  unknown_account: [{ email, signupUrl: `${page}/signup` }, { email }],
  login_code: [{ code: 'ABCD-EFGH', minutes: 3 }],
  password_reset_link: [
    { url: `${page}/password/reset/key/1-cx2-9f8e7d`, days: 3 },
    { url: `${page}/password/reset/key/1-cx2-9f8e7d`, username: 'ANN', days: 1 },
    { key: '1-cx2-9f8e7d6c5b4a39281706f5e4d3c2b1a0', username: 'ann', days: 3 },
    { days: 3 },
  ],
  password_reset_code: [{ code: '483920', minutes: 3 }],
  password_changed: [origin, { ...origin, ip: '', userAgent: '' }],
  password_set: [origin],
  password_reset: [origin],
  email_added: [{ ...origin, email }],
  email_removed: [{ ...origin, email }],
  email_changed: [{ ...origin, from: email, to: 'ann@new.example.org' }],
  email_confirmed: [{ ...origin, email }],
  phone_changed: [origin],
  totp_activated: [origin],
  totp_deactivated: [origin],
  recovery_codes_generated: [origin],
  webauthn_added: [{ ...origin, name: 'YUBIKEY' }],
  webauthn_removed: [{ ...origin, name: 'My phone' }],
  account_connected: [{ ...origin, provider: 'GITHUB' }],
  account_disconnected: [{ ...origin, provider: 'GitHub' }],
  account_deleted: [origin],
}
