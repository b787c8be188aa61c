import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, it } from 'vitest'
import { catalogue } from './catalogue.ts'
import type { Provider } from './provider.ts'

const files = readdirSync(new URL('catalogue/', import.meta.url))

/** None of a provider that has to be told its address first. */
function addresses(provider: Provider): (string | undefined)[] {
  if (provider.checkOptions?.({}) !== undefined) return []
  if (provider.protocol === 'oauth2') return Object.values(provider.endpoints({}))
  const metadata = provider.metadata?.({})
  return [
    provider.issuer({}),
    ...(metadata ? [metadata.authorization, metadata.token, metadata.jwks, metadata.userinfo] : []),
  ]
}

describe('the catalogue', () => {
  it('has each id once', () => {
    const ids = catalogue.map(({ id }) => id)
    assert.deepEqual(ids, [...new Set(ids)])
  })

  it('has every file of its folder', () => {
    const sources = files.filter((it) => it.endsWith('.ts') && !it.endsWith('.test.ts'))
    const expected = catalogue.map(({ id }) => `${fileName(id)}.ts`)
    assert.deepEqual(sources.toSorted(), expected.toSorted())
  })
})

describe.each(catalogue.map((it) => [it.id, it] as const))('%s', (id, provider) => {
  it('has addresses with TLS', () => {
    for (const address of addresses(provider)) {
      if (address !== undefined) assert.equal(new URL(address).protocol, 'https:', address)
    }
  })

  it('asks for scopes that can be told apart', () => {
    for (const scope of [...provider.scope, ...(provider.emailScope ?? [])])
      assert.match(scope, /^\S+$/)
  })

  it('has a test', () => {
    assert.ok(files.includes(`${fileName(id)}.test.ts`))
  })
})

function fileName(id: string): string {
  return id.toLowerCase().replaceAll('_', '-')
}
