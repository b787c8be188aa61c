import type { Shape } from './structure.ts'

const slices = [
  'account/email',
  'account/login',
  'account/login-by-code',
  'account/password-change',
  'account/password-reset',
  'account/phone',
  'account/reauthenticate',
  'account/session',
  'account/signup',
  'account/verify-email',
  'account/verify-phone',
  'config',
  'dev-mailbox',
  'health',
  'mfa/authenticators',
  'mfa/trust',
  'usersessions',
]

/** The server: five levels, of which the imports point down. */
export const serverShape: Shape = {
  root: 'packages/server/src',
  layers: [
    ['crypto', 'errors.ts', 'log.ts'],
    ['passwords', 'settings', 'storage'],
    ['delivery'],
    [
      'authentication',
      'codes',
      'events',
      'exchange.ts',
      'frontend-url.ts',
      'http',
      'limits',
      'messages.ts',
      'sessions',
      'trusted-browsers',
      'users',
    ],
    ['account'],
    slices,
    ['app.ts', 'assemble.ts', 'auth.ts', 'cli', 'index.ts', 'node', 'testing'],
  ],
  slices,
  importers: {
    kysely: /^(storage|users)\/|\/store\.ts$/,
    nodemailer: /^delivery\/smtp\.ts$/,
    pino: /^(assemble|cli\/development)\.ts$/,
  },
  maxLines: 300,
}
