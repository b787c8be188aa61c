import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { sameSession } from '../mfa/testing/keys.ts'
import { TestClient } from '../testing/client.ts'
import { signIn } from '../testing/signed-in.ts'
import {
  begin,
  comeBack,
  connectedOf,
  count,
  createSocialAuth,
  handOver,
  locationOf,
  visit,
} from './testing/social.ts'

const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const bob = { email: 'bob@example.org', password: 'marble-Kiosk-77' }
const told = { sub: '1', email: 'carl@example.org', email_verified: true }
const connecting = { process: 'connect' }

function times<T>(number: number, run: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: number }, (_, index) => run(index)))
}

describe('first logins of somebody at once', () => {
  it('make one user by tokens', async () => {
    await using auth = await createSocialAuth()
    const token = await auth.idp.idToken(told)
    const answers = await times(20, () => handOver(auth.client('app'), token))
    const ids = answers.map(({ body }) => body.data?.user?.id)
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
    assert.equal(new Set(ids).size, 1)
    assert.equal(await count(auth, 'users'), 1)
    assert.equal(await count(auth, 'social_accounts'), 1)
  })

  it('make one user by redirects', async () => {
    await using auth = await createSocialAuth()
    const ready = await times(20, async () => {
      const client = auth.client('browser')
      return { client, callback: auth.idp.signIn(locationOf(await begin(client)), told) }
    })
    const ends = await times(20, async (index) => {
      const { client, callback } = ready[index] ?? assert.fail()
      const end = locationOf(await comeBack(client, callback))
      return [end, (await client.get('auth/session')).status]
    })
    for (const end of ends) assert.deepEqual(end, ['/back', 200])
    assert.equal(await count(auth, 'users'), 1)
    assert.equal(await count(auth, 'social_accounts'), 1)
  })

  it('make one user of an address where two accounts elsewhere have it', async () => {
    await using auth = await createSocialAuth()
    const tokens = await times(20, (index) => auth.idp.idToken({ ...told, sub: `${index}` }))
    const answers = await times(20, (index) => handOver(auth.client('app'), tokens[index] ?? ''))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    const waiting = answers.filter((it) => TestClient.pending(it) === 'provider_signup')
    assert.equal(waiting.length, 19)
    assert.equal(await count(auth, 'users'), 1)
  })

  it('enter the one account that has the address', async () => {
    const settings = {
      SOCIALACCOUNT_EMAIL_AUTHENTICATION: true,
      SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT: true,
    }
    for (const email_verified of [true, false]) {
      const users = [{ email: told.email, email_verified, password: ann.password }]
      await using auth = await createSocialAuth(settings, { users })
      const token = await auth.idp.idToken(told)
      const answers = await times(20, () => handOver(auth.client('app'), token))
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
      assert.equal(await count(auth, 'users'), 1)
      assert.equal(await count(auth, 'social_accounts'), 1)
    }
  })
})

describe('connections of an account at once', () => {
  it('have one owner', async () => {
    await using auth = await createSocialAuth({}, { users: [ann, bob] })
    const owners = [await signIn(auth, ann), await signIn(auth, bob)]
    const token = await auth.idp.idToken({ sub: '1' })
    const answers = await times(20, (index) =>
      handOver(sameSession(auth, owners[index % 2] ?? assert.fail()), token, connecting),
    )
    const connected = await Promise.all(owners.map(connectedOf))
    assert.deepEqual(connected.flat(), ['idp 1'])
    const isAnn = connected[0]?.length === 1
    for (const [index, answer] of answers.entries()) {
      const isOwner = (index % 2 === 0) === isAnn
      const expected = isOwner ? [200] : [400, 'connected_other@-']
      assert.deepEqual([answer.status, ...TestClient.errors(answer)], expected)
    }
  })

  it('are of whoever it was begun by, or of nobody, while a login makes an account of it', async () => {
    await using auth = await createSocialAuth({}, { users: [ann] })
    const owner = await signIn(auth, ann)
    const token = await auth.idp.idToken(told)
    await times(20, (index) => {
      const client = index % 2 === 0 ? sameSession(auth, owner) : auth.client('app')
      return handOver(client, token, index % 2 === 0 ? connecting : {})
    })
    assert.equal(await count(auth, 'social_accounts'), 1)
    const users = await count(auth, 'users')
    assert.equal(users, (await connectedOf(owner)).length === 1 ? 1 : 2)
  })

  it('leave nothing of a stranger behind whose account is taken over by its owner', async () => {
    const settings = { SOCIALACCOUNT_EMAIL_AUTHENTICATION: true }
    const users = [{ ...ann, email_verified: false }]
    for (let round = 0; round < 3; round += 1) {
      await using auth = await createSocialAuth(settings, { users })
      const stranger = await signIn(auth, ann)
      const owner = auth.client('browser')
      const as = { sub: 'ann', email: ann.email, email_verified: true }
      const callback = auth.idp.signIn(locationOf(await begin(owner)), as)
      const tokens = await times(10, (index) => auth.idp.idToken({ sub: `eve-${index}` }))
      const attempts = times(10, (index) => {
        const client = sameSession(auth, stranger)
        const email = `eve-${index}@evil.example`
        return index % 2
          ? client.post('account/email', { email })
          : handOver(client, tokens[index] ?? '', connecting)
      })
      const [ended] = await Promise.all([comeBack(owner, callback), attempts])
      assert.equal(locationOf(ended), '/back')
      assert.deepEqual(await connectedOf(owner), [])
      const { body } = await owner.get('account/email')
      assert.deepEqual(body.data, [{ email: ann.email, verified: false, primary: true }])
    }
  })
})

describe('a signup that waits', () => {
  const nameless = { sub: '1' }

  it('makes one user, however often it is completed at once', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    await visit(auth, client, { as: nameless })
    const answers = await times(20, (index) =>
      sameSession(auth, client).post('auth/provider/signup', { email: `n${index}@example.org` }),
    )
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.equal(answers.filter(({ status }) => status === 409).length, 19)
    assert.equal(await count(auth, 'users'), 1)
    assert.equal(await count(auth, 'social_accounts'), 1)
  })

  it('makes one user of somebody who waits in several sessions', async () => {
    await using auth = await createSocialAuth()
    const clients = Array.from({ length: 20 }, () => auth.client('app'))
    for (const client of clients) await handOver(client, await auth.idp.idToken(nameless))
    const answers = await times(20, (index) =>
      (clients[index] ?? assert.fail()).post('auth/provider/signup', {
        email: `n${index}@example.org`,
      }),
    )
    const ids = new Set(answers.map(({ body }) => body.data?.user?.id))
    assert.equal(ids.size, 1)
    assert.equal(await count(auth, 'users'), 1)
  })
})
