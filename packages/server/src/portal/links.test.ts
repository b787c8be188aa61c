import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth } from '../testing/auth.ts'

const email = 'ann@example.org'
const password = 'velvet-Otter-41'
const publicUrl = 'https://auth.example.test'
const anyHost = { ALLOWED_HOSTS: ['*'], PORTAL_PATH: '/auth/' }

/** What is mailed to whoever signs up and then asks for a new password, both by way of a host. */
async function mailsFrom(settings: Record<string, unknown>, host: string): Promise<string[]> {
  await using auth = await createTestAuth({ settings })
  const client = auth.client('app')
  const headers = { host, 'x-forwarded-host': host, origin: `https://${host}` }
  await client.post('auth/signup', { email, password }, { headers })
  const confirmation = await auth.mailTo(email)
  await client.delete('auth/session')
  await auth.client('app').post('auth/password/request', { email }, { headers })
  return [confirmation, await auth.mailTo(email)]
}

describe('links in mails', () => {
  it('lead to the pages of the portal, whatever host was asked', async () => {
    const [confirmation = '', reset = ''] = await mailsFrom(
      { ...anyHost, PUBLIC_URL: publicUrl },
      'evil.example.net',
    )
    assert.match(confirmation, /^https:\/\/auth\.example\.test\/auth\/verify-email\/\S{40,}$/m)
    assert.match(reset, /^https:\/\/auth\.example\.test\/auth\/password\/reset\/\S{40,}$/m)
    assert.doesNotMatch(confirmation + reset, /evil/)
  })

  it('are none where nobody said at which address the portal is', async () => {
    const mails = await mailsFrom(anyHost, 'evil.example.net')
    for (const text of mails) {
      assert.doesNotMatch(text, /https?:|evil/)
      assert.match(text, /^\S{40,}$/m)
    }
  })

  it('confirm an address by the key at their end, as the page sends it', async () => {
    await using auth = await createTestAuth({ settings: { PUBLIC_URL: publicUrl } })
    const client = auth.client('app')
    await client.post('auth/signup', { email, password })
    const [link = ''] = /^https:\S+$/m.exec(await auth.mailTo(email)) ?? []
    const key = decodeURIComponent(new URL(link).pathname.split('/').at(-1) ?? '')
    const { status } = await client.post('auth/email/verify', { key })
    assert.equal(status, 200)
  })
})
