import assert from 'node:assert/strict'
import { decodeQR } from 'qr/decode.js'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, signIn } from '../../testing/signed-in.ts'
import { appWith, offeredSecret, setUpTotp } from '../testing/totp.ts'

const { errors, pending } = TestClient
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const path = 'account/authenticators/totp'
/** Pixels of a square of a QR code. */
const scale = 8

async function start(settings: object = {}) {
  const auth = await createTestAuth({ settings: { ...settings }, users: [ann] })
  return { auth, client: await signIn(auth, ann) }
}

async function stored(auth: TestAuth) {
  return auth.server.db.selectFrom('authenticators').selectAll().execute()
}

describe('GET account/authenticators/totp', () => {
  it('draws the QR code where the query asks for it', async () => {
    const { auth, client } = await start()
    await using _ = auth
    const { body } = await client.get(`${path}?totp_svg`)
    const meta = body.meta as { totp_url?: string; totp_svg?: string }
    const svg = meta.totp_svg ?? ''
    assert.equal(readQrCode(svg), meta.totp_url)
    assert.match(svg, /^<svg [^>]+><rect width="100%" height="100%" fill="#fff"\/><path /)
  })

  it('draws none where it does not', async () => {
    const { auth, client } = await start()
    await using _ = auth
    const { body } = await client.get(path)
    assert.deepEqual(Object.keys(body.meta ?? {}).sort(), ['secret', 'totp_url'])
  })

  it('names the account and the site in the address, with blanks that every app reads', async () => {
    const { auth, client } = await start({ SITE_NAME: 'Velvet & Otter' })
    await using _ = auth
    const { body } = await client.get(path)
    const { secret, totp_url: url } = body.meta as { secret?: string; totp_url?: string }
    assert.equal(
      url,
      `otpauth://totp/ann%40example.org?secret=${secret}&issuer=Velvet%20%26%20Otter`,
    )
  })

  it('spells out the digits and the period that apps do not expect', async () => {
    const { auth, client } = await start({ MFA_TOTP_DIGITS: 8, MFA_TOTP_PERIOD: 60 })
    await using _ = auth
    const { body } = await client.get(path)
    const { totp_url: url = '' } = body.meta as { totp_url?: string }
    assert.match(url, /&digits=8&period=60$/)
  })

  it('keeps the offered secret encrypted, and shows it no more once it is in use', async () => {
    const { auth, client } = await start()
    await using _ = auth
    const secret = await offeredSecret(client)
    const readSessions = () =>
      auth.server.db.selectFrom('sessions').select('state').executeTakeFirstOrThrow()
    assert.match((await readSessions()).state, /totpSecret/)
    assert.ok(!(await readSessions()).state.includes(secret))
    await client.post(path, { code: appWith(auth, secret).code() })
    assert.doesNotMatch((await readSessions()).state, /totpSecret/)
    assert.ok(!(await client.get(path)).text.includes(secret))
  })
})

describe('POST account/authenticators/totp', () => {
  it('stores the secret encrypted', async () => {
    const { auth, client } = await start()
    await using _ = auth
    const { secret } = await setUpTotp(auth, client)
    const [totp] = await stored(auth)
    assert.equal(totp?.type, 'totp')
    assert.ok(!totp.data.includes(secret))
  })

  it('takes no code where no secret was offered', async () => {
    const { auth, client } = await start()
    await using _ = auth
    const answer = await client.post(path, { code: '123456' })
    assert.deepEqual(errors(answer), ['incorrect_code@code'])
  })

  it('refuses a second one', async () => {
    const { auth, client } = await start({ MFA_END_OTHER_SESSIONS: false })
    await using _ = auth
    const other = await signIn(auth, ann)
    const late = appWith(auth, await offeredSecret(other))
    await setUpTotp(auth, client)
    assert.equal((await other.post(path, { code: late.code() })).status, 409)
    assert.equal((await stored(auth)).filter(({ type }) => type === 'totp').length, 1)
  })

  it('refuses codes of other scripts and lengths', async () => {
    const { auth, client } = await start()
    await using _ = auth
    const app = appWith(auth, await offeredSecret(client))
    const fullWidth = [...app.code()].map((it) => String.fromCharCode(it.charCodeAt(0) + 0xfee0))
    for (const code of [
      fullWidth.join(''),
      `0${app.code()}`,
      `${app.code()}0`,
      '🔑',
      '-1',
      '1e5',
    ]) {
      assert.deepEqual(errors(await client.post(path, { code })), ['incorrect_code@code'], code)
    }
  })

  it('offers a secret to the user who asked alone', async () => {
    await using auth = await createTestAuth({
      settings: { MFA_SUPPORTED_TYPES: ['totp', 'recovery_codes'] },
      users: [ann, { email: 'bob@example.org', password: ann.password }],
    })
    const client = await signIn(auth, ann)
    const app = appWith(auth, await offeredSecret(client))
    const bob = await signIn(auth, { email: 'bob@example.org', password: ann.password })
    assert.deepEqual(errors(await bob.post(path, { code: app.code() })), ['incorrect_code@code'])
  })

  it('is told in an event, as is its end', async () => {
    const { auth, client } = await start()
    await using _ = auth
    await setUpTotp(auth, client)
    await client.delete(path)
    const types = (await eventTypes(auth)).filter((it) => !/logged_in/.test(it))
    assert.deepEqual(types, ['totp_activated', 'recovery_codes_generated', 'totp_deactivated'])
  })

  it('goes on with the digits and period it was set up with', async () => {
    const { auth, client } = await start()
    await using _ = auth
    const app = await setUpTotp(auth, client)
    const { database } = auth
    await using later = await createTestAuth({
      settings: { MFA_TOTP_DIGITS: 8, MFA_TOTP_PERIOD: 60 },
      database,
    })
    later.clock.now = auth.clock.now
    const again = later.client('app')
    assert.equal(pending(await again.post('auth/login', ann)), 'mfa_authenticate')
    assert.equal((await again.post('auth/2fa/authenticate', { code: app.code() })).status, 200)
  })

  it('goes on after the secret of the server was replaced', async () => {
    const { auth, client } = await start()
    await using _ = auth
    const app = await setUpTotp(auth, client)
    const { database } = auth
    const { secretKey } = auth.server.settings.server
    await using later = await createTestAuth({
      settings: {
        SECRET_KEY: 'another secret, as long as it has to be',
        SECRET_KEY_FALLBACKS: [secretKey],
      },
      database,
    })
    later.clock.now = auth.clock.now
    const again = later.client('app')
    await again.post('auth/login', ann)
    assert.equal((await again.post('auth/2fa/authenticate', { code: app.code() })).status, 200)
  })
})

describe('MFA_TOTP_INSECURE_BYPASS_CODE', () => {
  it.each([true, false])('sets an app up, be a secret offered (%s) or not', async (isOffered) => {
    const { auth, client } = await start({ MFA_TOTP_INSECURE_BYPASS_CODE: '31415926' })
    await using _ = auth
    const secret = isOffered ? await offeredSecret(client) : ''
    assert.equal((await client.post(path, { code: '31415926' })).status, 200)
    if (!isOffered) return
    const code = appWith(auth, secret).code()
    assert.equal((await client.post('auth/2fa/reauthenticate', { code })).status, 200)
  })

  it('passes for users who have an authenticator app, and no others', async () => {
    const { auth, client } = await start({ MFA_TOTP_INSECURE_BYPASS_CODE: '31415926' })
    await using _ = auth
    const code = '31415926'
    assert.deepEqual(errors(await client.post('auth/2fa/reauthenticate', { code })), [
      'incorrect_code@code',
    ])
    await setUpTotp(auth, client)
    for (let n = 0; n < 2; n += 1) {
      assert.equal((await client.post('auth/2fa/reauthenticate', { code })).status, 200)
    }
  })
})

/** Reads a QR code as a camera would, from the unit squares that the path of the image is made of. */
function readQrCode(svg: string): string {
  const width = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]) * scale
  const data = new Uint8Array(width * width * 4).fill(255)
  const at = { x: 0, y: 0 }
  for (const [, command, x, y] of svg.matchAll(/([Mm])(-?\d+)[ ,]?(-?\d+)/g)) {
    at.x = Number(x) + (command === 'm' ? at.x : 0)
    at.y = Number(y) + (command === 'm' ? at.y : 0)
    for (let row = at.y * scale; row < (at.y + 1) * scale; row += 1) {
      data.fill(0, (row * width + at.x * scale) * 4, (row * width + (at.x + 1) * scale) * 4)
    }
  }
  for (let alpha = 3; alpha < data.length; alpha += 4) data[alpha] = 255
  return decodeQR({ width, height: width, data })
}
