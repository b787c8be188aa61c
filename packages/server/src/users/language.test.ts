import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import type { Language } from '../settings/languages.ts'
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../testing/auth.ts'
import { signIn } from '../testing/signed-in.ts'
import { findLanguage, setLanguage } from './language.ts'

const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', password }
const phone = '+31612345678'
const replaced = 'Votre adresse e-mail a été modifiée - Latchkey'
const german = { headers: { 'accept-language': 'de-AT, en;q=0.5' } }
const noLimits = { ACCOUNT_RATE_LIMITS: false }

const titles = {
  login: { en: 'Your login code', de: 'Ihr Anmeldecode', fr: 'Votre code de connexion' },
  reset: {
    en: 'Reset your password',
    de: 'Setzen Sie Ihr Passwort zurück',
    fr: 'Réinitialisez votre mot de passe',
  },
  confirm: {
    en: 'Your confirmation code',
    de: 'Ihr Bestätigungscode',
    fr: 'Votre code de confirmation',
  },
} as const

/** A server with Ann, who has chosen a language. */
async function withAnn(
  language: Language | null,
  { settings, ...options }: TestAuthOptions = {},
  more: object = {},
): Promise<TestAuth & { annId: string }> {
  const auth = await createTestAuth({ settings: { ...noLimits, ...settings }, ...options })
  const annId = await auth.createUser({ ...ann, ...more })
  await auth.server.db.transaction().execute((tx) => setLanguage(tx, annId, language))
  return Object.assign(auth, { annId })
}

/** The titles of what was sent, without the name of the site. */
async function titlesOf(auth: TestAuth): Promise<string[]> {
  return (await auth.sent()).map((it) => it.replace(/^[^:]*: | - Latchkey$/g, ''))
}

describe('a message to somebody who has chosen no language', () => {
  it('is in the one that the request asks for', async () => {
    await using auth = await createTestAuth({ settings: noLimits })
    const client = auth.client('app')
    await client.post('auth/signup', ann, german)
    assert.deepEqual(await titlesOf(auth), ['Bestätigen Sie Ihre E-Mail-Adresse'])
    const [user] = await auth.server.db.selectFrom('users').select('id').execute()
    assert.equal(await findLanguage(auth.server.db, user?.id ?? ''), null)
  })

  it.each([
    [{}, undefined, 'en'],
    [{}, 'nl, *', 'en'],
    [{ LANGUAGE_CODE: 'fr' }, undefined, 'fr'],
    [{ LANGUAGE_CODE: 'fr' }, 'nl', 'fr'],
    [{ LANGUAGE_CODE: 'fr' }, 'de', 'de'],
    [{ LANGUAGES: ['en', 'fr'] }, 'de, fr;q=0.1', 'fr'],
    [{ LANGUAGES: ['en', 'fr'] }, 'de', 'en'],
  ] as const)('is with %j and %s in %3$s', async (settings, header, expected) => {
    await using auth = await withAnn(null, { settings })
    const headers = { 'accept-language': header }
    await auth.client('app').post('auth/password/request', { email: ann.email }, { headers })
    assert.deepEqual(await titlesOf(auth), [titles.reset[expected]])
  })

  it('is in the one that is asked for where nobody has the address', async () => {
    await using auth = await withAnn('fr')
    const client = auth.client('app')
    await client.post('auth/password/request', { email: 'bob@example.org' }, german)
    assert.deepEqual(await titlesOf(auth), ['Zu dieser Adresse gibt es kein Konto'])
  })
})

describe('a message to somebody who has chosen a language', () => {
  it('is in that, whatever the request asks for', async () => {
    await using auth = await withAnn('fr')
    await auth.client('app').post('auth/password/request', { email: ann.email }, german)
    assert.deepEqual(await titlesOf(auth), [titles.reset.fr])
  })

  it('is in that as long as it is offered', async () => {
    await using auth = await withAnn('fr', { settings: { LANGUAGES: ['en', 'de'] } })
    await auth.client('app').post('auth/password/request', { email: ann.email }, german)
    assert.deepEqual(await titlesOf(auth), [titles.reset.de])
  })

  it('is as before once they have taken it back', async () => {
    await using auth = await withAnn('fr')
    await setLanguage(auth.server.db, auth.annId, null)
    await auth.client('app').post('auth/password/request', { email: ann.email }, german)
    assert.deepEqual(await titlesOf(auth), [titles.reset.de])
  })

  it('is in that with a code to log in, and with the next one', async () => {
    const byCode = { ACCOUNT_LOGIN_BY_CODE_ENABLED: true, ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND: 1 }
    await using auth = await withAnn('fr', { settings: byCode })
    const client = auth.client('app')
    await client.post('auth/code/request', { email: ann.email }, german)
    await client.post('auth/code/resend', undefined, german)
    assert.deepEqual(await titlesOf(auth), [titles.login.fr, titles.login.fr])
  })

  it('is in that where a code is asked for after the password', async () => {
    const settings = { ACCOUNT_LOGIN_BY_CODE_ENABLED: true, ACCOUNT_LOGIN_BY_CODE_REQUIRED: true }
    await using auth = await withAnn('fr', { settings })
    await auth.client('app').post('auth/login', ann, german)
    assert.deepEqual(await titlesOf(auth), [titles.login.fr])
  })

  it('is in that with a code that resets a password, and the notice of it', async () => {
    const settings = {
      ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: true,
      ACCOUNT_EMAIL_NOTIFICATIONS: true,
    }
    await using auth = await withAnn('fr', { settings })
    const client = auth.client('app')
    await client.post('auth/password/request', { email: ann.email }, german)
    const key = await auth.secretTo(ann.email)
    const reset = { key, password: 'tidy-Walrus-90' }
    assert.equal((await client.post('auth/password/reset', reset, german)).status, 401)
    assert.deepEqual(await titlesOf(auth), [
      titles.reset.fr,
      'Votre mot de passe a été réinitialisé',
    ])
  })

  it('is in that while their address waits for its code', async () => {
    const settings = {
      ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
      ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
      ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND: 1,
      ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE: 1,
    }
    await using auth = await withAnn('fr', { settings }, { email_verified: false })
    const client = auth.client('app')
    await client.post('auth/login', ann, german)
    await client.post('auth/email/verify/resend', undefined, german)
    assert.deepEqual(await titlesOf(auth), [titles.confirm.fr, titles.confirm.fr])
  })

  it('is in that where they are signed in', async () => {
    const settings = { ACCOUNT_EMAIL_NOTIFICATIONS: true }
    await using auth = await withAnn('fr', { settings })
    const client = await signIn(auth, ann)
    const other = { email: 'ann@elsewhere.example.org' }
    await client.post('account/email', other, german)
    const change = { current_password: password, new_password: 'tidy-Walrus-90' }
    await client.post('account/password/change', change, german)
    await client.delete('account/email', other, german)
    assert.deepEqual(await titlesOf(auth), [
      'Confirmez votre adresse e-mail',
      'Votre mot de passe a été modifié',
      'Une adresse e-mail a été supprimée',
    ])
  })

  it('is in that at the address that another one has replaced', async () => {
    const settings = { ACCOUNT_EMAIL_NOTIFICATIONS: true, ACCOUNT_CHANGE_EMAIL: true }
    await using auth = await withAnn('fr', { settings })
    const client = await signIn(auth, ann)
    await client.post('account/email', { email: 'ann@elsewhere.example.org' }, german)
    const key = await auth.secretTo('ann@elsewhere.example.org')
    await auth.client('app').post('auth/email/verify', { key }, german)
    assert.equal((await auth.sent()).at(-1), `${ann.email}: ${replaced}`)
  })

  it('is in that by text message', async () => {
    const settings = {
      ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
      ACCOUNT_LOGIN_METHODS: ['phone'],
      ACCOUNT_SIGNUP_FIELDS: ['phone*', 'password1*'],
      ACCOUNT_EMAIL_VERIFICATION: 'none',
    }
    await using auth = await withAnn('fr', { settings }, { phone })
    await auth.client('app').post('auth/code/request', { phone }, german)
    const client = await signIn(auth, { phone, password })
    await client.post('account/phone', { phone: '+31612345679' }, german)
    const [login, confirmation] = await auth.sent()
    assert.match(login ?? '', /est votre code de connexion Latchkey/)
    assert.match(confirmation ?? '', /^\+31612345679: .* est votre code de confirmation Latchkey/)
  })
})

describe('a message to the holder of an address or number that somebody signs up with', () => {
  const mandatory = { ACCOUNT_EMAIL_VERIFICATION: 'mandatory' }

  it.each([
    ['fr', 'Vous avez déjà un compte'],
    [null, 'Sie haben bereits ein Konto'],
  ] as const)('is, where they have chosen %s: %s', async (language, expected) => {
    await using auth = await withAnn(language, { settings: mandatory })
    const answer = await auth.client('app').post('auth/signup', ann, german)
    assert.equal(answer.status, 401)
    assert.deepEqual(await titlesOf(auth), [expected])
  })

  it('is in the language of whoever has verified the address', async () => {
    const settings = {
      ...mandatory,
      ACCOUNT_UNIQUE_EMAIL: false,
      ACCOUNT_LOGIN_METHODS: ['username'],
    }
    const fields = { ACCOUNT_SIGNUP_FIELDS: ['username*', 'email*', 'password1*'] }
    await using auth = await withAnn(
      'fr',
      { settings: { ...settings, ...fields } },
      { username: 'ann' },
    )
    const bobId = await auth.createUser({ ...ann, username: 'bob', email_verified: false })
    await setLanguage(auth.server.db, bobId, 'es')
    const client = auth.client('app')
    await client.post('auth/password/request', { email: ann.email }, german)
    assert.deepEqual(await titlesOf(auth), [titles.reset.fr])
  })

  it('is in theirs by text message', async () => {
    const settings = {
      ACCOUNT_LOGIN_METHODS: ['phone'],
      ACCOUNT_SIGNUP_FIELDS: ['phone*', 'password1*'],
      ACCOUNT_EMAIL_VERIFICATION: 'none',
    }
    await using auth = await withAnn('es', { settings }, { phone })
    await auth.client('app').post('auth/signup', { phone, password }, german)
    assert.match((await auth.sent()).join(), /Ya tiene una cuenta/)
  })
})

describe('the language of a user whom an operator makes', () => {
  it('is the one that is given', async () => {
    await using auth = await createTestAuth({ users: [{ ...ann, language: 'ar' }] })
    await auth.client('app').post('auth/password/request', { email: ann.email }, german)
    assert.deepEqual(await titlesOf(auth), ['إعادة تعيين كلمة المرور'])
  })

  it('is refused where there is none such', async () => {
    await using auth = await createTestAuth()
    const user = { ...ann, language: 'tlh' as Language }
    await assert.rejects(auth.createUser(user), /not a language of messages: tlh/)
  })
})

describe('what is not sent', () => {
  it('differs in no answer by the language', async () => {
    await using auth = await withAnn('fr', {
      settings: { ACCOUNT_EMAIL_VERIFICATION: 'mandatory' },
    })
    const answers = await Promise.all(
      [ann.email, 'bob@example.org'].flatMap((email) =>
        [undefined, 'de', 'ar'].map(async (header) => {
          const headers = { 'accept-language': header }
          const client = auth.client('browser')
          const { status, text } = await client.post(
            'auth/signup',
            { email, password },
            { headers },
          )
          return `${status} ${text}`
        }),
      ),
    )
    assert.equal(new Set(answers).size, 1)
  })
})
