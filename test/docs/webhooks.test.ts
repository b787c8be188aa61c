import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { createWebhookPost } from '../../packages/server/src/delivery/event-webhook.ts'
import { DeliveryError } from '../../packages/server/src/delivery/messages.ts'
import { readBlocks, root } from './markdown.ts'
import { type Started, startNode } from './started.ts'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-webhooks-'))
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
let receiver: Started | undefined
let url = ''

beforeAll(async () => {
  const block = readBlocks('docs/webhooks.md').find(({ note }) => note === 'receiver')
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'receiver.ts'), block?.text ?? '')
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  receiver = await startNode(['receiver.ts'], {
    cwd: folder,
    env: { PORT: '0', WEBHOOK_SECRET: secret },
    until: /port: (\d+)/,
  })
  url = `http://127.0.0.1:${receiver.found}/hooks`
})

afterAll(async () => {
  await receiver?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** What the receiver makes of an event that is posted now, or with another clock or secret. */
async function post({ now = Date.now(), signedBy = [secret] } = {}): Promise<string> {
  const { signal } = new AbortController()
  const webhook = { url, id: 'one', body: '{"type":"logged_in"}' }
  try {
    await createWebhookPost({ secrets: signedBy, now: () => now })(webhook, { signal })
    return 'taken'
  } catch (error) {
    assert.ok(error instanceof DeliveryError)
    return error.code
  }
}

describe('the receiver of docs/webhooks.md', () => {
  it('takes what is signed by its secret, alone or beside another, once and again', async () => {
    const other = `whsec_${Buffer.alloc(32, 9).toString('base64')}`
    assert.equal(await post(), 'taken')
    assert.equal(await post(), 'taken')
    assert.equal(await post({ signedBy: [other, secret] }), 'taken')
    assert.equal(await post({ signedBy: [other] }), 'http_401')
  })

  it('refuses what is older than five minutes', async () => {
    assert.equal(await post({ now: Date.now() - 301_000 }), 'http_401')
    assert.equal(await post({ now: Date.now() - 290_000 }), 'taken')
  })
})
