import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, it } from 'vitest'
import { startHttpSink, verifyPosted } from '../src/delivery/testing/http-sink.ts'
import { request } from './http-client.ts'
import { cleanUp, latchkey, makeFolder, startServer, testSecret, until } from './processes.ts'

afterEach(cleanUp)

const password = 'correct horse battery'

it('an event of a server that was killed is posted by the next one', async () => {
  const cwd = makeFolder()
  const down = await startHttpSink()
  await down.stop()
  const secret = (await latchkey(['webhooks', 'secret'], { cwd })).stdout.trim()
  const env = {
    SECRET_KEY: testSecret,
    ACCOUNT_EMAIL_VERIFICATION: 'none',
    WEBHOOK_URLS: down.url,
    WEBHOOK_SECRETS: secret,
  }
  const first = await startServer({ cwd, env })
  const json = { email: 'ann@example.org', password }
  assert.equal((await request(first.url, 'POST', 'auth/signup', { json })).status, 200)
  // In the long pause after some tries, so that none is under way when the process dies.
  const tries = () => first.said.stdout.match(/no message gets through/g)?.length ?? 0
  await until('some tries', () => tries() >= 3)
  await sleep(500)
  await first.kill()
  assert.doesNotMatch(first.said.stdout, /ann@|whsec|\/events/)

  const sink = await startHttpSink(down.port)
  const second = await startServer({ cwd, env })
  await until('both events', () => sink.received.length === 2)
  const types = sink.received.map((posted) => {
    verifyPosted(secret, posted)
    return posted.event.type
  })
  assert.deepEqual(types, ['signed_up', 'logged_in'])
  await second.stop()
  await sink.stop()
})
