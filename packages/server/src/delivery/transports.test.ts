import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { combineMail, combineSms } from './combine.ts'
import { createConsoleMail, createConsoleSms } from './console.ts'
import { createMailbox } from './memory.ts'
import { type Attempt, DeliveryError, type Mail, type MailTransport } from './messages.ts'

const mail: Mail = {
  to: 'ann@example.org',
  subject: 'Hello',
  text: 'Hi\n\n123456\n',
  html: '<p>Hi</p>',
}
const sms = { phone: '+31612345678', code: '123456', text: '123456 is your code' }
const attempt = (id: string): Attempt => ({ id, signal: new AbortController().signal })

describe('the console', () => {
  const printed = async (send: (output: { write(text: string): void }) => Promise<void>) => {
    let text = ''
    await send({
      write(part) {
        text += part
      },
    })
    return text
  }

  it('shows the text of a mail, with the code alone in its line', async () => {
    const text = await printed((output) => createConsoleMail(output).send(mail))
    assert.equal(text, '\n┌ Mail to ann@example.org: Hello\n│\n│ Hi\n│\n│ 123456\n└\n')
  })

  it('shows a text message', async () => {
    const text = await printed((output) => createConsoleSms(output).send(sms))
    assert.match(text, /Text message to \+31612345678[\s\S]+123456 is your code/)
  })

  it('prints no control characters, whatever is in the message', async () => {
    const nasty = { ...mail, subject: 'a\u001b[2Jb\nc', text: 'x\u001b]0;title\u0007\ry\u009b\n' }
    const text = await printed((output) => createConsoleMail(output).send(nasty))
    assert.doesNotMatch(text, /[^\P{Cc}\n]/u)
  })
})

describe('the mailbox', () => {
  it('keeps messages with id and time, newest first', async () => {
    let time = 1000
    const mailbox = createMailbox(() => time)
    await mailbox.mail.send(mail, attempt('a'))
    time = 2000
    await mailbox.sms.send(sms, attempt('b'))
    assert.deepEqual(mailbox.messages(), [
      { id: 'b', at: 2000, message: { kind: 'sms', sms } },
      { id: 'a', at: 1000, message: { kind: 'mail', mail } },
    ])
    assert.equal(mailbox.find('a')?.at, 1000)
    assert.equal(mailbox.find('c'), undefined)
    mailbox.clear()
    assert.deepEqual(mailbox.messages(), [])
  })

  it('keeps the last 200', async () => {
    const mailbox = createMailbox(Date.now)
    for (let count = 0; count < 250; count++) {
      await mailbox.mail.send({ ...mail, subject: String(count) })
    }
    const kept = mailbox
      .messages()
      .map(({ message }) => message.kind === 'mail' && message.mail.subject)
    assert.equal(kept.length, 200)
    assert.deepEqual([kept[0], kept[199]], ['249', '50'])
    assert.equal(new Set(mailbox.messages().map(({ id }) => id)).size, 200)
  })
})

describe('combined transports', () => {
  function flaky(failures: number): MailTransport & { tries: number; isClosed: boolean } {
    return {
      tries: 0,
      isClosed: false,
      async send() {
        this.tries += 1
        if (this.tries <= failures) throw new DeliveryError('unreachable', 'ECONNREFUSED')
      },
      async close() {
        this.isClosed = true
      },
    }
  }

  it('all get the message', async () => {
    const first = createMailbox(Date.now)
    const second = createMailbox(Date.now)
    await combineMail(first.mail, second.mail).send(mail)
    await combineSms(first.sms, second.sms).send(sms, attempt('a'))
    assert.equal(first.messages().length, 2)
    assert.equal(second.messages().length, 2)
  })

  it('get a repeat only where the message was not accepted before', async () => {
    const mailbox = createMailbox(Date.now)
    const smtp = flaky(2)
    const both = combineMail(mailbox.mail, smtp)
    await assert.rejects(both.send(mail, attempt('a')), DeliveryError)
    await assert.rejects(both.send(mail, attempt('a')), DeliveryError)
    await both.send(mail, attempt('a'))
    assert.equal(smtp.tries, 3)
    assert.equal(mailbox.messages().length, 1)
    await both.send(mail, attempt('b'))
    assert.equal(mailbox.messages().length, 2)
  })

  it('are closed together', async () => {
    const [first, second] = [flaky(0), flaky(0)]
    await combineMail(first, second).close()
    assert.ok(first.isClosed && second.isClosed)
  })
})
