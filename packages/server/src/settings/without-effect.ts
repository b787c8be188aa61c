const template = 'there are no such server-made pages here'
const python = 'it names Python code'
const redirects = 'the front end decides where to go next'

/**
 * Settings of the original that mean nothing here, each with the reason. They are accepted, so that
 * an existing configuration can be taken over, and reported.
 */
export const withoutEffect: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ALLAUTH_DEFAULT_AUTO_FIELD: 'ids are made by the server itself',
    ALLAUTH_SETTING_GETTER: python,
    HEADLESS_ONLY: 'the server is headless as it is',

    ACCOUNT_ADAPTER: python,
    ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS: template,
    ACCOUNT_CONFIRM_EMAIL_ON_GET: 'addresses are only confirmed by a call of the API',
    ACCOUNT_DEFAULT_HTTP_PROTOCOL: 'PUBLIC_URL says how links begin',
    ACCOUNT_EMAIL_CONFIRMATION_ANONYMOUS_REDIRECT_URL: redirects,
    ACCOUNT_EMAIL_CONFIRMATION_AUTHENTICATED_REDIRECT_URL: redirects,
    ACCOUNT_FORMS: python,
    ACCOUNT_LOGOUT_ON_GET: 'sessions only end by a call of the API',
    ACCOUNT_LOGOUT_REDIRECT_URL: redirects,
    ACCOUNT_PASSWORD_INPUT_RENDER_VALUE: template,
    ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR: python,
    ACCOUNT_SESSION_REMEMBER:
      'it never counted for this API; SESSION_EXPIRE_AT_BROWSER_CLOSE has every browser forget its session when it is closed',
    ACCOUNT_SIGNUP_FORM_CLASS: python,
    ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD: template,
    ACCOUNT_SIGNUP_REDIRECT_URL: redirects,
    ACCOUNT_TEMPLATE_EXTENSION: template,
    ACCOUNT_USER_DISPLAY: python,
    ACCOUNT_USERNAME_VALIDATORS: python,

    HEADLESS_ADAPTER: python,
    MFA_ADAPTER: python,
    MFA_FORMS: python,
    SOCIALACCOUNT_ADAPTER: python,
    SOCIALACCOUNT_FORMS: python,
    SOCIALACCOUNT_LOGIN_ON_GET: 'logins only begin by a call of the API',
    SOCIALACCOUNT_SOCIALACCOUNT_STR: python,
    SOCIALACCOUNT_UID_MAX_LENGTH: 'the database fits every id',
    USERSESSIONS_ADAPTER: python,

    AUTHENTICATION_BACKENDS: 'ACCOUNT_LOGIN_METHODS says how people log in',
    AUTH_USER_MODEL: python,
    CACHES: 'limits are kept in the database',
    CSRF_USE_SESSIONS: 'the token is always in the cookie of CSRF_COOKIE_NAME',
    DATABASES: 'DATABASE_URL or DATABASE_PATH names the database',
    DEBUG: 'there is no such mode',
    EMAIL_BACKEND: 'SMTP_URL names the mail server',
    EMAIL_HOST: 'SMTP_URL names the mail server',
    EMAIL_HOST_PASSWORD: 'SMTP_URL holds it',
    EMAIL_HOST_USER: 'SMTP_URL holds it',
    EMAIL_PORT: 'SMTP_URL holds it',
    EMAIL_USE_SSL: 'SMTP_URL begins with smtps:// for that',
    EMAIL_USE_TLS: 'a connection by smtp:// is encrypted where the mail server can',
    LOGIN_REDIRECT_URL: redirects,
    LOGIN_URL: redirects,
    LOGOUT_REDIRECT_URL: redirects,
    SESSION_SAVE_EVERY_REQUEST:
      'for sessions that last as long as they are used, set SESSION_IDLE_TIMEOUT, and SESSION_COOKIE_AGE to the most that they may last',
    MIDDLEWARE: python,
    PASSWORD_HASHERS: 'all usual hashes are verified, and renewed at the next login',
    ROOT_URLCONF: python,
    SESSION_ENGINE: 'sessions are kept in the database',
    SITE_ID: 'SITE_NAME says what the site is called',
    TEMPLATES: template,
    USE_X_FORWARDED_HOST: 'PUBLIC_URL says which host browsers see',
    ...identityProvider(),
  }),
)

/** The original can be an OpenID Connect provider for others. */
function identityProvider(): Record<string, string> {
  const names = [
    'ACCESS_TOKEN_EXPIRES_IN',
    'ACCESS_TOKEN_FORMAT',
    'ADAPTER',
    'AUTHORIZATION_CODE_EXPIRES_IN',
    'DEVICE_CODE_EXPIRES_IN',
    'DEVICE_CODE_INTERVAL',
    'ID_TOKEN_EXPIRES_IN',
    'PRIVATE_KEY',
    'RATE_LIMITS',
    'ROTATE_REFRESH_TOKEN',
    'RP_INITIATED_LOGOUT_ASKS_FOR_OP_LOGOUT',
    'USERINFO_ENDPOINT',
    'USER_CODE_FORMAT',
  ]
  const reason = 'the server is no identity provider for other sites'
  return Object.fromEntries(names.map((name) => [`IDP_OIDC_${name}`, reason]))
}

/** Whether a setting without effect asks for what happens anyway, so that nobody has to be told. */
export function isMet(name: string, value: unknown): boolean {
  return metBy.has(name) && metBy.get(name) === value
}

const metBy: ReadonlyMap<string, boolean> = new Map([
  ['HEADLESS_ONLY', true],
  ['SESSION_SAVE_EVERY_REQUEST', false],
])
