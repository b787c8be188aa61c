import assert from 'node:assert/strict'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { DeliveryError } from './messages.ts'
import { createWebhookSms } from './webhook.ts'

interface Received {
  method: string | undefined
  url: string | undefined
  headers: IncomingHttpHeaders
  body: string
}

const sms = { phone: '+31612345678', code: '123456', text: '123456 is your code', language: 'en' }
let received: Received[] = []
let answer: (response: ServerResponse) => void
let stop: () => void
let url: string

beforeEach(async () => {
  received = []
  answer = (response) => response.writeHead(204).end()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method, url, headers } = request
    received.push({ method, url, headers, body: Buffer.concat(chunks).toString() })
    answer(response)
  })
  stop = () => {
    server.closeAllConnections()
    server.close()
  }
  url = await new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/sms`)
    })
  })
})

afterEach(() => stop())

async function failureOf(sending: Promise<void>): Promise<[string, string]> {
  const error = await sending.then(
    () => assert.fail('it was sent'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof DeliveryError)
  return [error.failure, error.code]
}

describe('a text message by webhook', () => {
  it('is posted as JSON', async () => {
    await createWebhookSms({ url, fetch }).send(sms)
    const [request] = received
    assert.equal(request!.method, 'POST')
    assert.equal(request!.url, '/sms')
    assert.equal(request!.headers['content-type'], 'application/json')
    assert.equal(request!.headers.authorization, undefined)
    assert.deepEqual(JSON.parse(request!.body), sms)
  })

  it('has no language where an earlier version has written it', async () => {
    const { language: _, ...earlier } = sms
    await createWebhookSms({ url, fetch }).send(earlier)
    assert.deepEqual(JSON.parse(received[0]!.body), earlier)
  })

  it('has null for the code of a notice', async () => {
    await createWebhookSms({ url, fetch }).send({ ...sms, code: null })
    assert.deepEqual(JSON.parse(received[0]!.body), { ...sms, code: null })
  })

  it('carries the id of the message, so that the gateway can tell a repeat', async () => {
    const { signal } = new AbortController()
    await createWebhookSms({ url, fetch }).send(sms, { id: 'abc', signal })
    assert.equal(received[0]!.headers['idempotency-key'], 'abc')
  })

  it('takes name and password from the URL', async () => {
    const withLogin = url.replace('http://', 'http://gate:p%40ss@')
    await createWebhookSms({ url: withLogin, fetch }).send(sms)
    const expected = `Basic ${Buffer.from('gate:p@ss').toString('base64')}`
    assert.equal(received[0]!.headers.authorization, expected)
  })

  it.each([
    [400, 'refused'],
    [422, 'refused'],
    [401, 'failed'],
    [429, 'failed'],
    [500, 'failed'],
    [304, 'failed'],
  ])('that is answered with %i is %s', async (status, expected) => {
    answer = (response) => response.writeHead(status).end('no')
    const failure = await failureOf(createWebhookSms({ url, fetch }).send(sms))
    assert.deepEqual(failure, [expected, `http_${status}`])
  })

  it.each([301, 302, 307, 308])('does not follow a redirect (%i)', async (status) => {
    answer = (response) => response.writeHead(status, { location: '/elsewhere' }).end()
    const failure = await failureOf(createWebhookSms({ url, fetch }).send(sms))
    assert.deepEqual(failure, ['failed', `http_${status}`])
    assert.equal(received.length, 1)
  })

  it('finds nobody there: nothing gets through', async () => {
    stop()
    const failure = await failureOf(createWebhookSms({ url, fetch }).send(sms))
    assert.deepEqual(failure, ['unreachable', 'ECONNREFUSED'])
  })

  it('is given up when its time is over', async () => {
    answer = () => {}
    const signal = AbortSignal.timeout(50)
    const failure = await failureOf(createWebhookSms({ url, fetch }).send(sms, { id: '1', signal }))
    assert.deepEqual(failure, ['failed', 'timeout'])
  })

  it('fails when the gateway hangs up', async () => {
    answer = (response) => response.destroy()
    const [failure] = await failureOf(createWebhookSms({ url, fetch }).send(sms))
    assert.equal(failure, 'failed')
  })
})

it.each(['ftp://127.0.0.1', 'nowhere', ''])('SMS_URL %j is refused', (wrong) => {
  assert.throws(() => createWebhookSms({ url: wrong, fetch }), /SMS_URL/)
})
