import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { mfaDefaults } from '../../settings/mfa.ts'
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { SecurityKey } from '../../testing/security-key.ts'
import { signIn } from '../../testing/signed-in.ts'
import { addKey, paths, requestOptions, showKey, tryKey, withKeys } from '../testing/keys.ts'
import { isAllowedOrigin } from './relying-party.ts'

const { errors } = TestClient
const ann = { email: 'ann@example.org', username: 'ann', password: 'velvet-Otter-41' }
const apk = `android:apk-key-hash:${'a'.repeat(43)}`
const ios = 'ios:bundle-id:com.example.app'

/** Those of the origins that may use the keys of a domain. */
function allowed(origins: readonly string[], rpId: string, own: Partial<typeof mfaDefaults> = {}) {
  return origins.filter((origin) => isAllowedOrigin(origin, rpId, { ...mfaDefaults, ...own }))
}

function start({ settings = {} }: TestAuthOptions = {}): Promise<TestAuth> {
  return createTestAuth({
    settings: { ...withKeys, ACCOUNT_RATE_LIMITS: false, ...settings },
    users: [ann],
  })
}

describe('isAllowedOrigin', () => {
  it('allows https at the domain and below it, on any port', () => {
    const origins = [
      'https://example.com',
      'https://example.com:8443',
      'https://login.example.com',
      'https://a.b.example.com:444',
    ]
    assert.deepEqual(allowed(origins, 'example.com'), origins)
    assert.deepEqual(allowed(origins, 'login.example.com'), ['https://login.example.com'])
  })

  it('allows no other scheme and no other domain, however it is written', () => {
    const origins = [
      ...['http://example.com', 'http://login.example.com:3000', 'wss://example.com'],
      ...['ftp://example.com', 'file://', 'blob:https://example.com/1', 'data:text/html,x'],
      ...['javascript://example.com', 'about:blank', 'null', '', 'example.com', '//example.com'],
      ...['https://example.com.evil.test', 'https://evilexample.com', 'https://evil-example.com'],
      ...['https://example.co', 'https://com', 'https://evil.test', 'https://example.com.'],
      ...['https://login.example.com.', 'https://example.evil.test', 'https://xexample.com'],
      ...[
        'https://ex\u0430mple.com',
        'https://example\u3002com',
        'https://example.com%00.evil.test',
      ],
      ...['https://127.0.0.1', 'https://[::1]', 'http://localhost', 'https://localhost'],
      ...['chrome-extension://example.com', 'moz-extension://example.com', apk, ios],
    ]
    assert.deepEqual(allowed(origins, 'example.com'), [])
  })

  it('allows nothing that is no origin', () => {
    const origins = [
      ...[
        'https://example.com/',
        'https://example.com/path',
        'https://example.com?',
        'https:example.com',
      ],
      ...['https://example.com#', 'https://example.com#x', 'https://example.com?x=1'],
      ...['https://user@example.com', 'https://user:word@example.com', 'https://@example.com'],
      ...['https://example.com@evil.test', 'https://evil.test#.example.com'],
      ...['https://evil.test/.example.com', 'https://evil.test?.example.com'],
      ...['https://evil.test\\.example.com', 'https:\\\\example.com', 'https:///example.com'],
      ...['https://EXAMPLE.com', 'HTTPS://example.com', 'https://example.com:443'],
      ...['https://example.com:', 'https://example.com:99999', 'https://example.com:8443/'],
      ...[' https://example.com', 'https://example.com ', 'https://example.com\n'],
      ...['https://exam\tple.com', 'https://example.com\0', '["https://example.com"]'],
      'https://example.com,https://evil.test',
    ]
    assert.deepEqual(allowed(origins, 'example.com'), [])
  })

  it('allows plain http on localhost, and on nothing that resembles it', () => {
    const right = ['http://localhost', 'http://localhost:3000', 'http://app.localhost:3000']
    const wrong = [
      ...['http://localhost.evil.test', 'http://notlocalhost', 'http://localhost.'],
      ...['http://127.0.0.1', 'http://[::1]:3000', 'ws://localhost', 'http://LOCALHOST'],
      ...['http://localhost@evil.test', 'http://localhost:80', 'http://localhost/'],
    ]
    assert.deepEqual(allowed([...right, ...wrong], 'localhost'), right)
    assert.deepEqual(allowed(right, 'app.localhost'), ['http://app.localhost:3000'])
    assert.deepEqual(allowed(right, 'host'), [])
    assert.deepEqual(allowed(wrong, '127.0.0.1'), [])
  })

  it('takes addresses as they stand', () => {
    const right = ['https://127.0.0.1', 'https://127.0.0.1:8443']
    const wrong = [
      'https://1.127.0.0.1',
      'https://0x7f.0.0.1',
      'https://2130706433',
      'https://127.1',
    ]
    assert.deepEqual(allowed([...right, ...wrong, 'https://0.0.1'], '127.0.0.1'), right)
    assert.deepEqual(allowed(['https://[::1]:8443', 'https://[0::1]'], '[::1]'), [
      'https://[::1]:8443',
    ])
  })

  it('allows exactly the related origins and apps that are listed', () => {
    const related = 'https://example.de'
    const own = { webauthnRelatedOrigins: [related], webauthnAppOrigins: [apk, ios] }
    const right = [related, apk, ios, 'https://example.com']
    const wrong = [
      ...['https://login.example.de', 'https://example.de:8443', 'http://example.de'],
      ...['https://example.de/', 'https://EXAMPLE.de', 'https://example.de.', 'example.de'],
      ...[
        `${apk}a`,
        apk.slice(0, -1),
        apk.toUpperCase(),
        `${ios}.x`,
        'ios:bundle-id:',
        'ios:',
        ' ',
      ],
    ]
    assert.deepEqual(allowed([...right, ...wrong], 'example.com', own), right)
  })
})

describe('the relying party', () => {
  async function rpId(settings: object, headers: Record<string, string>): Promise<unknown> {
    await using auth = await start({ settings: { ALLOWED_HOSTS: ['*'], ...settings } })
    const { status, body, text } = await auth.client('app').get(paths.login, { headers })
    assert.equal(status, 200, text)
    const options = body.data?.request_options as { publicKey: { rpId: string } } | undefined
    return options?.publicKey.rpId
  }

  it('is the host that was asked, in lower case and without port', async () => {
    assert.equal(await rpId({}, { host: 'Login.Example.COM:8443' }), 'login.example.com')
    assert.equal(await rpId({}, { host: '127.0.0.1:8000' }), '127.0.0.1')
    assert.equal(await rpId({}, { host: '[::1]:8000' }), '[::1]')
  })

  it('is no host that a forwarding header names', async () => {
    const headers = {
      host: 'example.com',
      'x-forwarded-host': 'evil.test',
      forwarded: 'host=evil.test',
      origin: 'https://evil.test',
      referer: 'https://evil.test/',
    }
    assert.equal(await rpId({}, headers), 'example.com')
  })

  it('is the host of PUBLIC_URL where that is set, whichever was asked', async () => {
    const settings = { PUBLIC_URL: 'https://login.example.com:8443' }
    assert.equal(await rpId(settings, { host: 'other.test' }), 'login.example.com')
  })

  it('is MFA_WEBAUTHN_RP_ID before all others', async () => {
    const settings = { MFA_WEBAUTHN_RP_ID: 'example.com' }
    assert.equal(await rpId(settings, { host: 'other.test' }), 'example.com')
    const both = { ...settings, PUBLIC_URL: 'https://login.example.com' }
    assert.equal(await rpId(both, { host: 'login.example.com' }), 'example.com')
  })
})

describe('POST account/authenticators/webauthn, the origin', () => {
  it('may be a page below MFA_WEBAUTHN_RP_ID, where the key then signs in', async () => {
    await using auth = await start({ settings: { MFA_WEBAUTHN_RP_ID: 'example.com' } })
    const origin = 'https://login.example.com'
    const client = await signIn(auth, ann)
    const key = await addKey(client, { isPasskey: true, tampering: { origin } })
    const other = await showKey(auth.client('app'), paths.login, key, {
      origin: 'https://shop.example.com:8443',
    })
    assert.equal(other.status, 200)
  })

  it('may be listed, for as long as it is', async () => {
    const related = 'https://example.de'
    const settings = {
      MFA_WEBAUTHN_RELATED_ORIGINS: [related],
      MFA_WEBAUTHN_APP_ORIGINS: [apk, ios],
    }
    await using auth = await start({ settings })
    const { database } = auth
    await using without = await createTestAuth({ settings: withKeys, database })
    const client = await signIn(auth, ann)
    for (const origin of [related, apk, ios]) {
      const key = await addKey(client, { isPasskey: true, tampering: { origin } })
      const login = await showKey(auth.client('app'), paths.login, key, { origin })
      assert.equal(login.status, 200)
      const refused = await showKey(without.client('app'), paths.login, key, { origin })
      assert.deepEqual(errors(refused), ['incorrect_code@credential'])
    }
  })

  it('is none where the request names no host', async () => {
    await using auth = await start({ settings: { ALLOWED_HOSTS: ['*'] } })
    const client = await signIn(auth, ann)
    for (const host of ['', ':8000']) {
      const { body } = await client.get(paths.own, { headers: { host } })
      for (const origin of ['https://evil.test.', 'https://', 'https://localhost', 'null']) {
        const credential = new SecurityKey().create(body.data?.creation_options, { origin })
        const answer = await client.post(paths.own, { credential }, { headers: { host } })
        assert.deepEqual(errors(answer), ['incorrect_code@-'], origin)
      }
    }
  })

  it('of a stranger is refused, whatever headers say', async () => {
    await using auth = await start()
    const client = await signIn(auth, ann)
    const origins = ['https://evil.test', 'https://localhost.evil.test', apk, ios, 'null']
    for (const origin of origins) {
      const answer = await tryKey(client, { tampering: { origin } })
      assert.deepEqual(errors(answer), ['incorrect_code@-'], origin)
    }
    const key = new SecurityKey()
    const { body } = await client.get(paths.own)
    const credential = key.create(body.data?.creation_options, { origin: 'https://evil.test' })
    const headers = { origin: 'https://evil.test', 'x-forwarded-host': 'evil.test' }
    const answer = await client.post(paths.own, { credential }, { headers })
    assert.deepEqual(errors(answer), ['incorrect_code@-'])
  })
})

describe('a key that was made for another domain', () => {
  it('signs in nowhere else, though the domain lies below or above', async () => {
    await using auth = await start({ settings: { MFA_WEBAUTHN_RP_ID: 'login.example.com' } })
    const { database } = auth
    const key = await addKey(await signIn(auth, ann), { isPasskey: true })
    for (const rpId of ['example.com', 'a.login.example.com', 'login.example.org']) {
      const settings = { ...withKeys, MFA_WEBAUTHN_RP_ID: rpId }
      await using other = await createTestAuth({ settings, database })
      const client = other.client('app')
      const options = await requestOptions(client, paths.login)
      const credential = key.get(options, { rpId: 'login.example.com', origin: `https://${rpId}` })
      const answer = await client.post(paths.login, { credential })
      assert.deepEqual(errors(answer), ['incorrect_code@credential'], rpId)
    }
  })
})

describe('GET /.well-known/webauthn', () => {
  const related = { MFA_WEBAUTHN_RELATED_ORIGINS: ['https://example.de', 'https://example.nl'] }

  it('lists the related origins', async () => {
    await using auth = await start({ settings: related })
    const answer = await auth.client('browser').get('/.well-known/webauthn')
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('content-type'), 'application/json')
    assert.deepEqual(answer.body, { origins: related.MFA_WEBAUTHN_RELATED_ORIGINS })
    assert.deepEqual(answer.headers.getSetCookie(), [])
  })

  it('is not there without related origins, or without keys', async () => {
    for (const settings of [
      {},
      { MFA_WEBAUTHN_APP_ORIGINS: [ios] },
      { ...related, MFA_SUPPORTED_TYPES: ['totp'], MFA_PASSKEY_LOGIN_ENABLED: false },
      { ...related, INSTALLED_APPS: ['allauth.account', 'allauth.headless'] },
    ]) {
      await using auth = await start({ settings })
      assert.equal((await auth.client('app').get('/.well-known/webauthn')).status, 404)
    }
  })
})
