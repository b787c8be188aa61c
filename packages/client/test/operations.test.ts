import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, it } from 'vitest'
import { parse } from 'yaml'
import { createClient } from '../src/index.ts'
import { type Operation, operations } from '../src/operations.ts'

interface Described {
  operationId: string
  parameters?: ({ $ref: string } | { in: string; name: string })[]
}

const contract = contractIn('openapi.yaml')
const own = contractIn('latchkey.yaml')
const methods = ['get', 'post', 'put', 'patch', 'delete']

/** The operations of the contract: where each is, and which header its key goes into. */
const described = Object.entries<Record<string, Described>>({
  ...contract.paths,
  ...own.paths,
}).flatMap(([path, item]) =>
  methods.flatMap((method) => {
    const operation = item[method]
    if (!operation) return []
    const { operationId } = operation
    const keyHeader = keyHeaderOf(operation)
    const found: Operation & { client: string } = {
      client: /^\/_\w+\/([^/]+)/.exec(path)?.[1] ?? '',
      method: method.toUpperCase() as Operation['method'],
      path: path.replace(/^\/_\w+\/[^/]+\/v1\//, ''),
      ...(path.startsWith('/_latchkey/') && { base: '_latchkey' }),
      ...(keyHeader !== undefined && { keyHeader }),
    }
    return [[operationId, found] as const]
  }),
)

function contractIn(name: string) {
  const file = createRequire(import.meta.url).resolve(`@latchkey/contract/${name}`)
  return parse(readFileSync(file, 'utf8'))
}

function keyHeaderOf({ parameters = [] }: Described): string | undefined {
  const resolved = parameters.map((it) =>
    '$ref' in it ? contract.components.parameters[it.$ref.split('/').at(-1) ?? ''] : it,
  )
  return resolved.find((it) => it.in === 'header' && /-Key$/.test(it.name))?.name
}

describe('the operations of the client', () => {
  it('are those of the contract: method, path and header', () => {
    const expected = described
      // A form that the browser itself has to send.
      .filter(([name]) => name !== 'redirectToProvider')
      .map(([name, { client: _, ...operation }]) => [name, operation])
    assert.deepEqual(operations, Object.fromEntries(expected))
  })

  it('are methods, of the names in the contract', () => {
    const client = createClient({ url: 'http://localhost' })
    const missing = described.filter(([name]) => typeof Reflect.get(client, name) !== 'function')
    assert.deepEqual(missing, [])
    assert.ok(described.length > 50)
  })

  it('send what the contract wants in a query by its name', () => {
    const queries = Object.values<{ in: string; name: string; schema: { type: string } }>(
      contract.components.parameters,
    ).filter((it) => it.in === 'query')
    // All are switches, which `written` relies on.
    for (const { schema } of queries) assert.equal(schema.type, 'boolean')
    assert.ok(queries.length > 0)
  })
})
