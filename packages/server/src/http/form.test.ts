import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { readForm } from './form.ts'

const urlencoded = 'application/x-www-form-urlencoded'
const parts = 'multipart/form-data; boundary=x'

function read(body: string | Uint8Array, type: string | undefined, maxBytes = 1000) {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  return readForm(
    {
      method: 'POST',
      target: '/',
      isEncrypted: false,
      remoteAddress: '192.0.2.1',
      header: (name) => (name === 'content-type' ? type : undefined),
      readBody: async (most) => (bytes.length > most ? null : bytes),
    },
    maxBytes,
  )
}

function part(name: string, value: string, more = ''): string {
  return `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
}

describe('a form', () => {
  it('is read where it is URL-encoded, with or without a charset', async () => {
    for (const type of [urlencoded, `${urlencoded}; charset=UTF-8`]) {
      const form = await read('provider=github&callback_url=%2Fa%3Fb%3Dc+d&empty=', type)
      assert.deepEqual(form, { value: { provider: 'github', callback_url: '/a?b=c d', empty: '' } })
    }
  })

  it('is read in parts, without its files', async () => {
    const file = part('file', 'bytes', '; filename="a.txt"')
    const form = await read(`${part('provider', 'github')}${file}--x--\r\n`, parts)
    assert.deepEqual(form, { value: { provider: 'github' } })
  })

  it('has the last of fields with the same name', async () => {
    assert.deepEqual(await read('a=1&a=2', urlencoded), { value: { a: '2' } })
  })

  it('has no fields where it can not be read as one', async () => {
    const table: [string | Uint8Array, string | undefined][] = [
      ['{"provider":"github"}', 'application/json'],
      ['provider=github', undefined],
      ['provider=github', 'text/plain'],
      [part('provider', 'github'), 'multipart/form-data'],
      ['--y', parts],
      ['', urlencoded],
    ]
    for (const [body, type] of table)
      assert.deepEqual(await read(body, type), { value: {} }, String(type))
  })

  it('may be so long and no longer', async () => {
    assert.deepEqual(await read('a=12345678', urlencoded, 10), { value: { a: '12345678' } })
    const { problem } = (await read('a=123456789', urlencoded, 10)) as { problem: string } // too long
    assert.match(problem, /longer than 10 bytes/)
  })

  it('makes no more of a field than one of its own', async () => {
    const form = await read('__proto__=1&constructor=2', urlencoded)
    assert.ok('value' in form)
    assert.deepEqual(Object.entries(form.value as object), [
      ['__proto__', '1'],
      ['constructor', '2'],
    ])
    assert.equal(Object.getPrototypeOf(form.value), Object.prototype)
  })
})
