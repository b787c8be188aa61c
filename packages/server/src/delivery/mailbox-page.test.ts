import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { mailboxJson, mailboxPage, mailboxPolicy, messagePage } from './mailbox-page.ts'
import type { KeptMessage } from './memory.ts'
import { renderMail, renderSms } from './render.ts'

const site = { siteName: 'Acme' }
const url = 'https://app.example.test/verify-email/Mg:1tX?a=1&b=2'
const key = 'Mg:1tXk3P:aBcD-_9eFgHiJkLmNoP'
const evil = '"><script>alert(1)</script>'

function keep(
  id: string,
  parts: ReturnType<typeof renderMail>,
  to = 'ann@example.org',
): KeptMessage {
  return { id, at: 1_800_000_000_000, message: { kind: 'mail', mail: { to, ...parts } } }
}

const code = keep('1', renderMail('login_code', { code: 'ABC-123', minutes: 3 }, site))
const email = 'ann@example.org'
const link = keep('2', renderMail('email_confirmation', { email, url, isSignup: true }, site))
const pasted = keep('3', renderMail('email_confirmation', { email, key, isSignup: true }, site))
const sms: KeptMessage = {
  id: '4',
  at: 1_800_000_000_000,
  message: {
    kind: 'sms',
    sms: { phone: '+31612345678', ...renderSms('login_code', { code: '9876', minutes: 3 }, site) },
  },
}
const notice = keep('5', renderMail('unknown_account', { email }, site))
const nasty = keep('"/>6', { subject: evil, text: evil, html: `${evil}</iframe>` }, evil)

describe('mailboxJson', () => {
  it('finds the code, the link or the key of a message', () => {
    const { messages } = mailboxJson([sms, pasted, link, code, notice])
    const found = messages.map((entry) => [entry.kind, entry.code, entry.link, entry.key])
    assert.deepEqual(found, [
      ['sms', '9876', undefined, undefined],
      ['mail', undefined, undefined, key],
      ['mail', undefined, url, undefined],
      ['mail', 'ABC-123', undefined, undefined],
      ['mail', undefined, undefined, undefined],
    ])
    assert.deepEqual(JSON.parse(JSON.stringify(messages[0])), {
      id: '4',
      kind: 'sms',
      to: '+31612345678',
      subject: '',
      text: '9876 is your Acme login code, good for 3 minutes. Do not give it to anybody.',
      code: '9876',
      at: '2027-01-15T08:00:00.000Z',
    })
  })
})

describe('the key of a link', () => {
  it('is told apart from other ends of a path', () => {
    const keyAt = (url: string) => {
      const parts = renderMail('email_confirmation', { email, url, isSignup: true }, site)
      return mailboxJson([keep('1', parts)]).messages[0]?.key
    }
    const page = 'https://app.example.test/verify-email/'
    assert.equal(
      keyAt(`${page}WzE3OTYyMTc0MTI4MDEs.OBc9PUD3X6ru1l8I`),
      'WzE3OTYyMTc0MTI4MDEs.OBc9PUD3X6ru1l8I',
    )
    assert.equal(keyAt(`${page}${encodeURIComponent(key)}`), key)
    assert.equal(keyAt('https://app.example.test/signup'), undefined)
    assert.equal(keyAt(`https://app.example.test/?key=${key}`), undefined)
  })
})

describe('the pages', () => {
  it('list the messages with codes, links and links to each', () => {
    const html = mailboxPage([sms, link, code], '/_dev/mailbox')
    assert.match(html, /<a href="\/_dev\/mailbox\/4">Text message<\/a>/)
    assert.match(html, /<output>9876<\/output>/)
    assert.match(html, /<output>ABC-123<\/output>/)
    assert.match(html, /href="https:\/\/app\.example\.test\/verify-email\/Mg:1tX\?a=1&amp;b=2"/)
    assert.match(mailboxPage([], '/_dev/mailbox'), /No messages yet/)
  })

  it('show one message with its text, and its HTML in a closed sandbox', () => {
    const html = messagePage(code, '/_dev/mailbox')
    assert.match(html, /<pre dir="auto">To sign in at Acme[\s\S]+ABC-123/)
    assert.match(html, /<iframe title="[^"]+" sandbox srcdoc="&lt;!DOCTYPE html&gt;/)
    assert.match(html, /<a href="\/_dev\/mailbox">All messages<\/a>/)
    assert.doesNotMatch(messagePage(sms, '/_dev/mailbox'), /<iframe/)
  })

  it('escape everything', () => {
    for (const html of [mailboxPage([nasty], '/m'), messagePage(nasty, '/m')]) {
      assert.doesNotMatch(html, /<script/)
      assert.equal(html.split('</iframe>').length, html.split('<iframe').length)
      assert.doesNotMatch(html, /"\/>6/)
    }
  })

  it('are whole, and need nothing that their policy forbids', () => {
    for (const html of [
      mailboxPage([code], '/m'),
      messagePage(code, '/m'),
      messagePage(sms, '/m'),
    ]) {
      assert.match(
        html,
        /^<!DOCTYPE html>\n<html lang="en">[\s\S]+<title>[^<]+<\/title>[\s\S]+<h1>/,
      )
      assert.match(html, /width=device-width/)
      assert.match(html, /<main>/)
      assert.doesNotMatch(html, /<(script|img|link|form|base)\b|\son[a-z]+="/)
    }
    assert.match(mailboxPolicy, /default-src 'none'/)
  })
})
