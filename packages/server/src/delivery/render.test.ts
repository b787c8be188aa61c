import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { type MailTemplate, renderMail, renderSms } from './render.ts'
import { samples } from './testing/samples.ts'

const codeLine = /^[A-Z0-9]{3,12}(-[A-Z0-9]{2,12})*$/

/** Names of many lengths, so that the line breaks fall everywhere. */
const siteNames = [
  'ACME',
  'Acme & Sons <Ltd>',
  ...Array.from({ length: 40 }, (_, count) => `${'ACME '.repeat(count)}INC`),
  ...Array.from({ length: 40 }, (_, count) => `${'x'.repeat(count + 40)} ACME ${'y'.repeat(70)}`),
]

function renderAll(siteName: string) {
  const templates = Object.keys(samples) as MailTemplate[]
  return templates.flatMap((template) =>
    samples[template].map((params) => ({
      template,
      params: params as Record<string, unknown>,
      ...renderMail(template, params as never, { siteName }),
    })),
  )
}

describe('every mail', () => {
  it('has its code alone on a line, and no other line that looks like one', () => {
    for (const siteName of siteNames) {
      for (const { template, text, params } of renderAll(siteName)) {
        const lines = text.split('\n').map((line) => line.trim())
        const found = lines.filter((line) => codeLine.test(line))
        assert.deepEqual(found, params.code ? [params.code] : [], `${template} of ${siteName}`)
      }
    }
  })

  it('has its link or key alone on a line, and no other link in the text', () => {
    for (const { template, text, html, params } of renderAll('Acme')) {
      const target = params.url ?? params.resetUrl ?? params.signupUrl
      const lines = text.split('\n')
      const links = lines.filter((line) => line.includes('://'))
      assert.deepEqual(links, target ? [target] : [], template)
      assert.equal(html.split(`href="${target}"`).length - 1, target ? 2 : 0, template)
      if (params.key) assert.ok(lines.includes(String(params.key)), template)
    }
  })

  it('has lines of at most 78 columns, but for links and keys', () => {
    for (const { template, text, params } of renderAll('Acme')) {
      const long = text.split('\n').filter((line) => line.length > 78 && line !== params.url)
      assert.deepEqual(long, [], template)
    }
  })

  it('has a subject in one line with the name of the site, and no exclamation mark', () => {
    for (const { template, subject, text, html } of renderAll('Acme')) {
      assert.match(subject, /^[A-Z][^\n]{8,70} - Acme$/, template)
      assert.doesNotMatch(`${subject}${text}`, /!/, template)
      assert.doesNotMatch(html.replace('<!DOCTYPE', '').replaceAll('!important', ''), /!/, template)
    }
  })

  it('loads nothing from anywhere and runs nothing', () => {
    for (const { template, html } of renderAll('Acme')) {
      assert.doesNotMatch(
        html,
        /<(img|script|link|iframe|form|object|svg)\b|url\(|@import|\son\w+=/i,
      )
      assert.match(html, /^<!DOCTYPE html>\n<html lang="en">/, template)
      assert.match(html, /prefers-color-scheme: dark/, template)
    }
  })

  it('has the same words in both parts', () => {
    for (const { template, text, html } of renderAll('Acme')) {
      const visible = html
        .slice(html.indexOf('<h1'))
        .replace(/<\/?bdi>/g, '')
        .replace(/<[^>]*>/g, ' ')
      const letters = (part: string) => part.replace(/&#39;/g, "'").replace(/&quot;/g, '"')
      for (const word of text.replace('-- ', '').split(/[\s:]+/)) {
        assert.ok(letters(visible).includes(letters(word)), `${template}: ${word}`)
      }
    }
  })

  it('escapes what users and operators have chosen', () => {
    const evil = `"><script>alert('1')</script>&amp;`
    const site = { siteName: evil }
    const origin = { ip: evil, userAgent: evil, at: new Date(0) }
    const mails = [
      renderMail(
        'email_confirmation',
        { email: evil, url: `https://x.test/${evil}`, isSignup: true },
        site,
      ),
      renderMail('login_code', { code: evil, minutes: 3 }, site),
      renderMail('password_reset_link', { key: evil, username: evil, days: 3 }, site),
      renderMail('webauthn_added', { ...origin, name: evil }, site),
      renderMail('email_changed', { ...origin, from: evil, to: evil }, site),
      renderMail('account_connected', { ...origin, provider: evil }, site),
    ]
    for (const { html } of mails) {
      assert.doesNotMatch(html, /<script|alert\('/)
      assert.match(html, /&lt;script&gt;alert\(&#39;1&#39;\)&lt;\/script&gt;&amp;amp;/)
    }
  })
})

describe('what somebody else may have written', () => {
  const origin = { ip: '192.0.2.1', userAgent: 'Firefox/1', at: new Date(0) }

  it('starts no line and no header of its own', () => {
    const name = 'key\r\n\r\n123456\r\nBcc: eve@example.org'
    const site = { siteName: 'Acme\r\nBcc: eve@example.org' }
    const { subject, text } = renderMail('webauthn_added', { ...origin, name }, site)
    assert.doesNotMatch(subject, /[\r\n]/)
    const lines = text.split('\n')
    assert.ok(!lines.some((line) => codeLine.test(line.trim()) || line.startsWith('Bcc')))
  })

  it('is no link of ours', () => {
    const name = 'https://app.example.test/account/verify-email/x'
    const { text } = renderMail('webauthn_added', { ...origin, name }, { siteName: 'Acme' })
    assert.doesNotMatch(text, /:\/\//)
  })

  it('is cut when it is long', () => {
    const { text } = renderMail(
      'webauthn_added',
      { ...origin, name: '🗝'.repeat(5000) },
      { siteName: 'Acme' },
    )
    assert.ok(text.length < 1500)
    assert.match(text, /🗝…”/)
  })

  it('is left out where it comes from a request', () => {
    const userAgent = 'Call +1 555 0100 now, https://evil.example'
    const ip = 'https://evil.example'
    const { text } = renderMail(
      'password_changed',
      { ...origin, ip, userAgent },
      { siteName: 'Acme' },
    )
    assert.doesNotMatch(text, /evil|555/)
    assert.match(text, /^Address: not known\nDevice: not known$/m)
  })
})

describe('a security notice', () => {
  it('says when, from where and with what, and what to do', () => {
    const [params] = samples.password_changed
    const { text } = renderMail('password_changed', params!, { siteName: 'Acme' })
    assert.match(
      text,
      /^When: 14 March 2027 at 09:05 UTC\nAddress: 192\.0\.2\.1\nDevice: Firefox on Windows$/m,
    )
    assert.match(text, /If it was not you/)
  })
})

describe('a text message', () => {
  const site = { siteName: 'Acme' }

  it('carries its code, first, and fits into one part', () => {
    for (const template of ['login_code', 'phone_verification_code'] as const) {
      const { code, text } = renderSms(template, { code: '483920', minutes: 15 }, site)
      assert.equal(code, '483920')
      assert.match(text, /^483920 is your Acme [ -~]+$/)
      assert.ok(text.length <= 160)
    }
  })

  it('carries none where it is a notice', () => {
    const unknown = renderSms(
      'unknown_account',
      { signupUrl: 'https://app.example.test/signup' },
      site,
    )
    const exists = renderSms('account_already_exists', {}, site)
    assert.deepEqual([unknown.code, exists.code], [null, null])
    assert.match(unknown.text, / https:\/\/app\.example\.test\/signup$/)
    assert.ok(exists.text.length <= 160)
  })
})
