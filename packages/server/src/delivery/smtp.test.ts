import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:net'
import { afterEach, describe, it } from 'vitest'
import { DeliveryError, type Mail } from './messages.ts'
import { createSmtpTransport } from './smtp.ts'
import { type SmtpSink, startSmtpSink } from './testing/smtp-sink.ts'

const mail: Mail = { to: 'ann@example.org', subject: 'Hello', text: 'Hi Ann\n', html: '<p>Hi</p>' }
const cleanups: (() => unknown)[] = []

function connect(url: string, options: { from?: string; siteName?: string } = {}) {
  const { from = 'noreply@acme.example', siteName = 'Acme' } = options
  const transport = createSmtpTransport({ url, from, siteName })
  cleanups.unshift(() => transport.close())
  return transport
}

async function startSink(...options: Parameters<typeof startSmtpSink>): Promise<SmtpSink> {
  const sink = await startSmtpSink(...options)
  cleanups.push(() => sink.stop())
  return sink
}

/** A server that behaves as no SMTP server should. */
async function startOddServer(greet: (write: (text: string) => void) => void): Promise<string> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => {})
    greet((text) => socket.write(text))
    cleanups.unshift(() => socket.destroy())
  })
  cleanups.push(() => server.close())
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  return `smtp://127.0.0.1:${port}`
}

async function failureOf(sending: Promise<void>): Promise<[string, string]> {
  const error = await sending.then(
    () => assert.fail('it was sent'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof DeliveryError, String(error))
  return [error.failure, error.code]
}

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

describe('a mail sent by SMTP', () => {
  it('has a plain and an HTML part, the sender, and the headers of an automatic message', async () => {
    const sink = await startSink()
    const signal = new AbortController().signal
    await connect(sink.url).send(mail, { id: '0190-abc', signal })
    const [received] = sink.received
    assert.equal(received!.from, 'noreply@acme.example')
    assert.deepEqual(received!.to, ['ann@example.org'])
    const { headers, raw } = received!
    assert.equal(headers.get('from'), 'Acme <noreply@acme.example>')
    assert.equal(headers.get('to'), 'ann@example.org')
    assert.equal(headers.get('subject'), 'Hello')
    assert.equal(headers.get('auto-submitted'), 'auto-generated')
    assert.equal(headers.get('message-id'), '<0190-abc@acme.example>')
    assert.match(headers.get('content-type') ?? '', /^multipart\/alternative/)
    assert.match(raw, /Content-Type: text\/plain[\s\S]+Hi Ann[\s\S]+Content-Type: text\/html/)
  })

  it('has a Message-ID of its own without an attempt', async () => {
    const sink = await startSink()
    const transport = connect(sink.url)
    await transport.send(mail)
    await transport.send(mail)
    const [first, second] = sink.received.map(({ headers }) => headers.get('message-id'))
    assert.match(first ?? '', /^<[\da-f-]{36}@acme\.example>$/)
    assert.notEqual(first, second)
  })

  it("keeps the sender's own name", async () => {
    const sink = await startSink()
    await connect(sink.url, { from: '"Acme, Accounts" <id@acme.example>' }).send(mail)
    assert.equal(sink.received[0]!.headers.get('from'), '"Acme, Accounts" <id@acme.example>')
  })

  it('uses kept connections for several mails at once', async () => {
    const connections: string[] = []
    const sink = await startSink({
      onConnect(session, callback) {
        connections.push(session.id)
        callback()
      },
    })
    const transport = connect(sink.url)
    for (let round = 0; round < 5; round++) {
      await Promise.all(Array.from({ length: 4 }, () => transport.send(mail)))
    }
    assert.equal(sink.received.length, 20)
    assert.ok(connections.length <= 4, `${connections.length} connections`)
  })
})

describe('header injection', () => {
  it('is impossible by the subject or the name of the site', async () => {
    const sink = await startSink()
    const transport = connect(sink.url, { siteName: 'Acme\r\nBcc: eve@example.org' })
    const subject = 'Hi\r\nBcc: eve@example.org\n\n<script>\u2028X-Evil: 1\u0000'
    await transport.send({ ...mail, subject })
    const { to, headers } = sink.received[0]!
    assert.deepEqual(to, ['ann@example.org'])
    assert.deepEqual(
      [headers.has('bcc'), headers.has('x-evil'), headers.has('cc')],
      [false, false, false],
    )
    assert.equal(headers.get('subject'), 'Hi Bcc: eve@example.org <script> X-Evil: 1')
  })

  it.each([
    'ann@example.org\r\nBcc: eve@example.org',
    'ann@example.org, eve@example.org',
    'ann@example.org; eve@example.org',
    'Ann <eve@example.org>, ann@example.org',
    'ann@example.org>\r\nRCPT TO:<eve@example.org',
    'ann@example.org> NOTIFY=NEVER',
    'group: eve@example.org;',
    'ann@example.org\u0000',
    '"ann, eve"@example.org',
    'ann@eve@example.org',
    'ann',
    '',
  ])('is impossible by the recipient %j, which is refused', async (to) => {
    const sink = await startSink()
    const failure = await failureOf(connect(sink.url).send({ ...mail, to }))
    assert.deepEqual(failure, ['refused', 'invalid_address'])
    assert.equal(sink.received.length, 0)
  })

  it.each(['ann+tag@example.org', "o'neil@example.org", 'ann@[127.0.0.1]', ' ann@example.org '])(
    'is no reason to refuse %j',
    async (to) => {
      const sink = await startSink()
      await connect(sink.url).send({ ...mail, to })
      assert.deepEqual(sink.received[0]!.to, [to.trim()])
    },
  )

  it('is impossible by the text: it opens no file and no address', async () => {
    const sink = await startSink()
    const text = 'file:///etc/passwd\n.\nRCPT TO:<eve@example.org>\n'
    await connect(sink.url).send({ ...mail, text })
    assert.deepEqual(sink.received[0]!.to, ['ann@example.org'])
    assert.match(sink.received[0]!.raw, /file:\/\/\/etc\/passwd/)
  })
})

describe('a login', () => {
  const options = {
    authOptional: false,
    allowInsecureAuth: true,
    onAuth(
      auth: { username?: string | undefined; password?: string | null | undefined },
      _: unknown,
      callback: (error: Error | null, response?: { user: string }) => void,
    ) {
      if (auth.username === 'mailer@acme' && auth.password === 'p@ss:/word') {
        return callback(null, { user: 'mailer' })
      }
      callback(new Error('wrong password'))
    },
  }

  it('is taken from the URL', async () => {
    const sink = await startSink(options)
    await connect(`smtp://mailer%40acme:p%40ss%3A%2Fword@127.0.0.1:${sink.port}`).send(mail)
    assert.equal(sink.received.length, 1)
  })

  it('that fails means that nothing gets through, whatever the message', async () => {
    const sink = await startSink(options)
    const transport = connect(`smtp://mailer%40acme:wrong@127.0.0.1:${sink.port}`)
    assert.deepEqual(await failureOf(transport.send(mail)), ['unreachable', 'smtp_535'])
  })
})

describe('TLS', () => {
  it('is demanded by ?requireTLS=true: nothing is sent without it', async () => {
    const sink = await startSink()
    const [failure] = await failureOf(connect(`${sink.url}?requireTLS=true`).send(mail))
    assert.equal(failure, 'unreachable')
    assert.equal(sink.received.length, 0)
  })

  it('is used from the start by smtps://, and the certificate is checked', async () => {
    const sink = await startSink({ secure: true, disabledCommands: [] })
    const url = `smtps://127.0.0.1:${sink.port}`
    const [failure] = await failureOf(connect(url).send(mail))
    assert.equal(failure, 'unreachable')
    assert.equal(sink.received.length, 0)
    await connect(`${url}?tls.rejectUnauthorized=false`).send(mail)
    assert.equal(sink.received.length, 1)
  })
})

describe('a failure', () => {
  it('of the connection says that nothing gets through', async () => {
    const sink = await startSmtpSink()
    await sink.stop()
    assert.deepEqual(await failureOf(connect(sink.url).send(mail)), ['unreachable', 'ECONNREFUSED'])
    const silent = await startOddServer(() => {})
    const transport = connect(`${silent}?greetingTimeout=100`)
    assert.deepEqual(await failureOf(transport.send(mail)), ['unreachable', 'ETIMEDOUT'])
    const busy = await startOddServer((write) => write('554 no service here\r\n'))
    assert.deepEqual(await failureOf(connect(busy).send(mail)), ['unreachable', 'smtp_554'])
  })

  it.each([
    ['RCPT TO', 550, 'refused'],
    ['RCPT TO', 451, 'failed'],
    ['MAIL FROM', 550, 'failed'],
  ])('after %s with %i is called %s', async (command, responseCode, expected) => {
    const refuse = (_: unknown, __: unknown, callback: (error: Error) => void) =>
      callback(Object.assign(new Error('no'), { responseCode }))
    const sink = await startSink(
      command === 'RCPT TO' ? { onRcptTo: refuse } : { onMailFrom: refuse },
    )
    const failure = await failureOf(connect(sink.url).send(mail))
    assert.deepEqual(failure, [expected, `smtp_${responseCode}`])
  })

  it('in the middle of a session may be about this message alone', async () => {
    const url = await startOddServer((write) => {
      write('220 hello\r\n')
      setTimeout(() => write('250 odd\r\n'), 20)
    })
    const transport = connect(`${url}?socketTimeout=200`)
    assert.deepEqual(await failureOf(transport.send(mail)), ['failed', 'ETIMEDOUT'])
  })

  it('comes at once when the try is aborted', async () => {
    const url = await startOddServer(() => {})
    const aborting = new AbortController()
    setTimeout(() => aborting.abort(), 50)
    const sending = connect(url).send(mail, { id: '1', signal: aborting.signal })
    assert.deepEqual(await failureOf(sending), ['failed', 'EABORT'])
  })
})

describe('settings that cannot work', () => {
  it.each(['http://127.0.0.1', 'smtp:', '127.0.0.1:25', ''])('are refused: %j', (url) => {
    assert.throws(
      () => createSmtpTransport({ url, from: 'a@b.example', siteName: 'Acme' }),
      /SMTP_URL/,
    )
  })

  it('are refused without telling the password', () => {
    const url = 'imap://user:hunter2@127.0.0.1'
    const options = { url, from: 'a@b.example', siteName: 'Acme' }
    assert.throws(
      () => createSmtpTransport(options),
      (error: Error) => !error.message.includes('hunter2'),
    )
  })

  it.each(['nobody', 'a@b.example, c@d.example', ''])('are refused: sender %j', (from) => {
    assert.throws(() => createSmtpTransport({ url: 'smtp://127.0.0.1', from, siteName: 'Acme' }))
  })
})

it('closing without having sent anything does not load or connect', async () => {
  await createSmtpTransport({
    url: 'smtp://127.0.0.1:1',
    from: 'a@b.example',
    siteName: 'Acme',
  }).close()
})
