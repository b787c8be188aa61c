import assert from 'node:assert/strict'
import type { TestClient } from '../../src/testing/client.ts'

/** Where the tests come back to. */
const callbackUrl = '/done?from=test'

/** What a front end posts to send somebody to a provider. */
export interface Begun {
  provider: string
  /** @defaultValue 'login' */
  process?: 'login' | 'connect' | 'reauthenticate'
}

/** Begins a way to a provider, and tells where the browser is sent. */
export async function begin(
  client: TestClient,
  { provider, process = 'login' }: Begun,
): Promise<string> {
  const form = new URLSearchParams({ provider, process, callback_url: callbackUrl })
  const answer = await client.request('POST', 'auth/provider/redirect', undefined, {
    raw: form.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  assert.equal(answer.status, 302, answer.text)
  return answer.headers.get('location') ?? ''
}

/** Comes back from a provider, and tells where the browser is sent. */
export async function arrive(client: TestClient, url: string): Promise<string> {
  const { pathname, search } = new URL(url)
  const answer = await client.get(pathname + search)
  assert.equal(answer.status, 302, answer.text)
  return answer.headers.get('location') ?? ''
}

/** The error that a page is told; null where there is none. */
export function errorAt(location: string): string | null {
  const url = new URL(location, 'http://localhost')
  assert.equal(url.pathname, '/done')
  assert.equal(url.searchParams.get('from'), 'test')
  return url.searchParams.get('error')
}
