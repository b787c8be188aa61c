import assert from 'node:assert/strict'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, it, vi } from 'vitest'
import type { Resolve } from './lookup.ts'
import { createOutbound, type Outbound, type OutboundLimits } from './outbound.ts'
import { OutboundError, type OutboundFailure } from './outbound-error.ts'
import { startTarget, type Target } from './testing/target.ts'

const strict = { timeoutMs: 3000, maxBytes: 1000, allowsPrivateAddresses: false }
const lenient = { ...strict, allowsPrivateAddresses: true }

// Of no registry yet, so that nothing is there to be reached, which may take long to turn out.
const publicAddress = '2e00::1'
const impatient = { ...strict, timeoutMs: 200 }

let opened: Outbound[] = []
afterEach(() => {
  for (const outbound of opened) outbound.close()
  opened = []
})

function open(limits: OutboundLimits, resolve?: Resolve): Outbound {
  const outbound = createOutbound(limits, resolve)
  opened.push(outbound)
  return outbound
}

async function failure(answer: Promise<Response>): Promise<OutboundError> {
  const error = await answer.then(
    ({ status }) => assert.fail(`answered with ${status}`),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof OutboundError, String(error))
  return error
}

async function assertFails(answer: Promise<Response>, code: OutboundFailure): Promise<void> {
  assert.equal((await failure(answer)).code, code)
}

/** A secret server on this machine: whatever reaches it is a hole. */
function startInside(): Promise<Target> {
  return startTarget((_, response) => response.end('inside'))
}

describe('a request to a private address', () => {
  it.each([
    'https://127.0.0.1',
    'https://127.1',
    'https://0',
    'https://2130706433',
    'https://0x7f000001',
    'https://0x7f.0.0.1',
    'https://0177.0.0.1',
    'https://017700000001',
    'https://127.0.0.1.',
    'https://①②⑦.⓪.⓪.①',
    'https://%31%32%37.0.0.1',
    'https://10.0.0.1',
    'https://172.16.0.1',
    'https://192.168.1.1',
    'https://169.254.0.1',
    'https://169.254.169.254/latest/meta-data/',
    'https://2852039166/latest/meta-data/',
    'https://0xa9.0xfe.0xa9.0xfe/',
    'https://[::1]',
    'https://[::]',
    'https://[0:0:0:0:0:0:0:1]',
    'https://[::ffff:127.0.0.1]',
    'https://[::ffff:7f00:1]',
    'https://[::ffff:169.254.169.254]',
    'https://[64:ff9b::127.0.0.1]',
    'https://[64:ff9b::a9fe:a9fe]',
    'https://[2002:7f00:1::]',
    'https://[fe80::1]',
    'https://[fd00:ec2::254]',
    'https://localhost',
    'https://LOCALHOST.',
    'https://sub.localhost',
  ])('is refused before a name is looked up: %s', async (url) => {
    const outbound = open(strict, () => assert.fail('looked up'))
    await assertFails(outbound.fetch(url), 'address')
  })

  it.each(['127.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1', '10.0.0.1', 'fd00::1'])(
    'is refused where a name leads to it: %s',
    async (address) => {
      await using inside = await startInside()
      const outbound = open(strict, async () => [address])
      await assertFails(outbound.fetch(`https://idp.example.test:${inside.port}`), 'address')
      assert.equal(inside.connections(), 0)
    },
  )

  it('is refused where a name leads nowhere', async () => {
    await assertFails(open(strict, async () => []).fetch('https://idp.example.test'), 'address')
  })

  it('is refused where the name is resolved by the system', async () => {
    // Names of this kind are in the hosts file of the machine, if anywhere.
    const { code } = await failure(open(strict).fetch('https://ip6-localhost'))
    assert.match(code, /^(address|unreachable)$/)
  })
})

describe('a name with changing addresses', () => {
  it('is connected to at the public ones alone', async () => {
    await using inside = await startInside()
    const outbound = open(impatient, async () => ['127.0.0.1', publicAddress, '::1'])
    const { code } = await failure(outbound.fetch(`https://idp.example.test:${inside.port}`))
    assert.match(code, /^(unreachable|timeout)$/)
    assert.equal(inside.connections(), 0)
  })

  it('is connected to at the address that was checked, without a second look', async () => {
    await using inside = await startInside()
    const answers = [[publicAddress], ['127.0.0.1'], ['127.0.0.1']]
    let lookups = 0
    const outbound = open(impatient, async () => answers[lookups++] ?? [])
    const url = `https://idp.example.test:${inside.port}`

    const first = await failure(outbound.fetch(url))
    assert.match(first.code, /^(unreachable|timeout)$/)
    assert.equal(lookups, 1)
    await assertFails(outbound.fetch(url), 'address')
    assert.equal(lookups, 2)
    assert.equal(inside.connections(), 0)
  })

  it('is looked up once for each connection', async () => {
    await using target = await startTarget((request, response) =>
      response.end(request.headers.host),
    )
    const names: string[] = []
    const outbound = open(lenient, async (name) => {
      names.push(name)
      return names.length === 1 ? ['127.0.0.1'] : ['192.0.2.1']
    })
    const answer = await outbound.fetch(`http://idp.example.test:${target.port}/`)
    assert.equal(await answer.text(), `idp.example.test:${target.port}`)
    assert.deepEqual(names, ['idp.example.test'])
  })
})

describe('a request by another way than https', () => {
  it.each(['http://93.184.215.14/', 'http://example.test', 'http://127.0.0.1'])(
    'is refused: %s',
    (url) => assertFails(open(strict).fetch(url), 'scheme'),
  )

  it.each([
    'file:///etc/passwd',
    'data:application/json,{}',
    'ftp://example.test/',
    'gopher://127.0.0.1:25/_HELO',
    'ws://127.0.0.1/',
    'blob:https://example.test/1',
    'javascript:1',
    'unix:/var/run/docker.sock',
  ])('is refused in development as well: %s', async (url) => {
    await assertFails(open(strict).fetch(url), 'scheme')
    await assertFails(open(lenient).fetch(url), 'scheme')
  })

  it.each(['', '/path', '//example.test', 'https://', 'https://[::1', 'https://a b'])(
    'is refused where it is no URL: %j',
    (url) => assertFails(open(lenient).fetch(url), 'address'),
  )
})

describe('a request with user info', () => {
  it.each([
    'https://ann@example.test',
    'https://ann:secret@example.test',
    'https://:pw@example.test',
  ])('is refused: %s', (url) => assertFails(open(strict).fetch(url), 'address'))
})

describe('a certificate that nobody vouches for', () => {
  it('is refused, whatever the environment says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    // Comes with a certificate of its own; what it speaks after that does not matter.
    const server = new SMTPServer({ secure: true, logger: false })
    server.on('error', () => {})
    const listener = server.listen(0, '127.0.0.1')
    try {
      await once(listener, 'listening')
      const address = listener.address()
      assert.ok(address && typeof address === 'object')
      const outbound = open(lenient)
      const error = await failure(outbound.fetch(`https://localhost:${address.port}`))
      assert.equal(error.code, 'unreachable')
      assert.match(error.message, /SELF_SIGNED|CERT/)
    } finally {
      vi.unstubAllEnvs()
      await new Promise<void>((resolve) => server.close(resolve))
    }
  })
})

describe('an answer that leads elsewhere', () => {
  it.each([301, 302, 303, 307, 308, 304])('is refused with status %d', async (status) => {
    await using inside = await startInside()
    await using target = await startTarget((_, response) => {
      response.writeHead(status, { location: inside.url }).end()
    })
    await assertFails(open(lenient).fetch(target.url), 'redirect')
    assert.equal(inside.connections(), 0)
  })
})

describe('an answer that is too much', () => {
  it('is refused by its announced length', async () => {
    let isClosed = false
    await using target = await startTarget((_, response) => {
      response.on('close', () => {
        isClosed = true
      })
      response.writeHead(200, { 'content-length': 1001 }).write('a')
    })
    await assertFails(open(lenient).fetch(target.url), 'too_long')
    await vi.waitUntil(() => isClosed)
  })

  it('is refused where it is endless', async () => {
    let isClosed = false
    await using target = await startTarget(async (_, response) => {
      response.on('close', () => {
        isClosed = true
      })
      while (!isClosed) {
        response.write('a'.repeat(100))
        await sleep(1)
      }
    })
    await assertFails(open(lenient).fetch(target.url), 'too_long')
    await vi.waitUntil(() => isClosed)
  })

  it('is read to its end where it has just the allowed length', async () => {
    await using target = await startTarget((_, response) => response.end('a'.repeat(1000)))
    const answer = await open(lenient).fetch(target.url)
    assert.equal((await answer.text()).length, 1000)
  })

  it.each(['gzip', 'deflate', 'br', 'zstd', 'identity, gzip', 'x-unknown'])(
    'is not unfolded from %s',
    async (encoding) => {
      let asked: unknown
      await using target = await startTarget((request, response) => {
        asked = request.headers['accept-encoding']
        response.writeHead(200, { 'content-encoding': encoding })
        response.end(gzipSync(Buffer.alloc(100_000)))
      })
      const init = { headers: { 'Accept-Encoding': 'gzip' } }
      await assertFails(open(lenient).fetch(target.url, init), 'encoding')
      assert.equal(asked, 'identity')
    },
  )

  it('is refused where its head has no end', async () => {
    await using target = await startTarget((_, response) => {
      response.writeHead(200, { 'x-long': 'a'.repeat(100_000) }).end()
    })
    await assertFails(open(lenient).fetch(target.url), 'unreachable')
  })
})

describe('an answer that takes too long', () => {
  const hurried = { ...lenient, timeoutMs: 150 }

  it('is given up while nothing comes', async () => {
    await using target = await startTarget(() => {})
    await assertFails(open(hurried).fetch(target.url), 'timeout')
  })

  it('is given up while its head trickles', async () => {
    await using target = await startTarget(async ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      for (let i = 0; !socket.destroyed; i++) {
        socket.write(`x-${i}: 1\r\n`)
        await sleep(20)
      }
    })
    await assertFails(open(hurried).fetch(target.url), 'timeout')
  })

  it('is given up while its body trickles', async () => {
    let isClosed = false
    await using target = await startTarget(async (_, response) => {
      response.on('close', () => {
        isClosed = true
      })
      while (!isClosed) {
        response.write('a')
        await sleep(20)
      }
    })
    await assertFails(open(hurried).fetch(target.url), 'timeout')
    await vi.waitUntil(() => isClosed)
  })

  it('is given up while it says again and again that it goes on', async () => {
    await using target = await startTarget(async (_, response) => {
      while (!response.destroyed) {
        response.writeProcessing()
        await sleep(20)
      }
    })
    await assertFails(open(hurried).fetch(target.url), 'timeout')
  })

  it('is given up while the name is looked up', async () => {
    const outbound = open({ ...strict, timeoutMs: 50 }, () => new Promise(() => {}))
    await assertFails(outbound.fetch('https://idp.example.test'), 'timeout')
  })

  it('is given up while it waits for others', async () => {
    await using target = await startTarget(() => {})
    const outbound = open(hurried)
    const all = Array.from({ length: 40 }, () => assertFails(outbound.fetch(target.url), 'timeout'))
    await Promise.all(all)
  })

  it('ends with the reason of the signal that was given', async () => {
    await using target = await startTarget(() => {})
    const outbound = open(lenient)
    const reason = new Error('no longer wanted')
    const controller = new AbortController()
    const answer = outbound.fetch(target.url, { signal: controller.signal })
    await vi.waitUntil(() => target.connections() === 1)
    controller.abort(reason)
    await assert.rejects(answer, reason)
    await assert.rejects(outbound.fetch(target.url, { signal: AbortSignal.abort(reason) }), reason)
    assert.equal(target.connections(), 1)
  })
})

describe('an answer that is broken', () => {
  it.each([
    ['the connection ends', ''],
    ['it is not HTTP', '220 mail.example.test ESMTP\r\n'],
    ['its body ends early', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhidden'],
    [
      'its length is given twice',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na',
    ],
    ['its status is unknown', 'HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n'],
  ])('is refused where %s', async (_, bytes) => {
    await using target = await startTarget(({ socket }) => socket.end(bytes))
    const error = await failure(open(lenient).fetch(target.url))
    assert.equal(error.code, 'unreachable')
    assert.doesNotMatch(error.stack ?? '', /hidden|ESMTP/)
    assert.equal(error.cause, undefined)
  })

  it('is refused where it changes the protocol', async () => {
    await using target = await startTarget(({ socket }) => {
      socket.write('HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n')
    })
    await assertFails(open(lenient).fetch(target.url), 'unreachable')
  })

  it('is refused where nobody listens', async () => {
    const target = await startInside()
    await target[Symbol.asyncDispose]()
    const error = await failure(open(lenient).fetch(`${target.url}?code=hunter2`))
    assert.equal(error.message, `127.0.0.1:${target.port}: could not be asked (ECONNREFUSED)`)
  })
})

describe('a request that is allowed', () => {
  it('gets with the query and the headers, and without the fragment', async () => {
    await using target = await startTarget((request, response) => {
      const { method, url, headers } = request
      response.end(JSON.stringify({ method, url, headers }))
    })
    const headers = new Headers({ authorization: 'Bearer hunter2', accept: 'application/json' })
    const answer = await open(lenient).fetch(new URL('me?a=1&b=%20#c', target.url), { headers })
    const { headers: sent, ...line } = JSON.parse(await answer.text())
    assert.deepEqual(line, { method: 'GET', url: '/me?a=1&b=%20' })
    assert.equal(sent.authorization, 'Bearer hunter2')
    assert.equal(sent.accept, 'application/json')
    assert.equal(sent['user-agent'], 'latchkey')
    assert.equal(sent['content-length'], undefined)
  })

  it('posts a form, and JSON', async () => {
    await using target = await startTarget(async (request, response) => {
      const { method, headers } = request
      response.end(`${method} ${headers['content-type']} ${await text(request)}`)
    })
    const { fetch } = open(lenient)
    const method = 'POST'
    const form = await fetch(target.url, { method, body: new URLSearchParams({ code: 'ä b' }) })
    assert.equal(await form.text(), 'POST application/x-www-form-urlencoded code=%C3%A4+b')
    const headers = { 'content-type': 'application/json' }
    const json = await fetch(target.url, { method, headers, body: '{"name":"Zoë"}' })
    assert.equal(await json.text(), 'POST application/json {"name":"Zoë"}')
    const empty = await fetch(target.url, { method, redirect: 'manual' })
    assert.equal(await empty.text(), 'POST undefined ')
  })

  it('hands over status, headers and body as they came', async () => {
    await using target = await startTarget((_, response) => {
      response.setHeader('set-cookie', ['a=1', 'b=2'])
      response.setHeader('www-authenticate', ['Bearer', 'DPoP'])
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"Zoë"}')
    })
    const answer = await open(lenient).fetch(target.url)
    assert.ok(answer instanceof Response)
    assert.equal(answer.status, 401)
    assert.equal(answer.ok, false)
    assert.equal(answer.headers.get('content-type'), 'application/json')
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer, DPoP')
    assert.deepEqual(answer.headers.getSetCookie(), ['a=1', 'b=2'])
    assert.deepEqual(await answer.json(), { error: 'Zoë' })
  })

  it.each([204, 205])('takes an answer without a body, with status %d', async (status) => {
    await using target = await startTarget((_, response) => response.writeHead(status).end())
    const answer = await open(lenient).fetch(target.url)
    assert.equal(answer.status, status)
    assert.equal(await answer.text(), '')
  })

  it('leaves the proxy of the environment alone', async () => {
    await using proxy = await startInside()
    await using target = await startTarget((_, response) => response.end('direct'))
    for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY']) vi.stubEnv(name, proxy.url)
    vi.stubEnv('NODE_USE_ENV_PROXY', '1')
    try {
      const answer = await open(lenient).fetch(target.url)
      assert.equal(await answer.text(), 'direct')
      assert.equal(proxy.connections(), 0)
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('goes with others at once, and keeps the connection for the next', async () => {
    await using target = await startTarget(async ({ url }, response) => {
      await sleep(10)
      response.end(url)
    })
    const { fetch } = open(lenient)
    const paths = Array.from({ length: 40 }, (_, i) => `/${i}`)
    const answers = await Promise.all(paths.map((path) => fetch(new URL(path, target.url))))
    assert.deepEqual(await Promise.all(answers.map((answer) => answer.text())), paths)
    assert.equal(target.connections(), 16)
    await fetch(target.url)
    assert.equal(target.connections(), 16)
  })
})

describe('close', () => {
  it('ends what is under way, what waits, and what comes later', async () => {
    let requests = 0
    await using target = await startTarget(() => {
      requests++
    })
    const outbound = open(lenient)
    const all = Array.from({ length: 20 }, () => outbound.fetch(target.url))
    await vi.waitUntil(() => requests === 16)
    const ends = all.map((answer) => assertFails(answer, 'unreachable'))
    outbound.close()
    await Promise.all(ends)
    await assertFails(outbound.fetch(target.url), 'unreachable')
    await vi.waitUntil(() => target.openConnections() === 0)
    await sleep(100)
    assert.equal(target.openConnections(), 0)
    assert.equal(requests, 16)
    outbound.close()
  })
})
