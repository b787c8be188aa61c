import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { allLanguages, type Language, languages } from '../settings/languages.ts'
import { type MailTemplate, renderMail, renderSms, type SmsTemplate } from './render.ts'
import { wordsOf } from './templates/languages/all.ts'
import { codeLike } from './templates/plain-text.ts'
import { samples } from './testing/samples.ts'

const others = allLanguages.filter((language) => language !== 'en')
const marks = /[\u2068\u2069]/g
const site = 'Acme'

/** Text messages with every param there is. */
const texts: [SmsTemplate, object, values: string[]][] = [
  ['phone_verification_code', { code: '483920', minutes: 15 }, ['483920', '15']],
  ['login_code', { code: 'BCDF-GHJK', minutes: 15 }, ['BCDF-GHJK', '15']],
  [
    'unknown_account',
    { signupUrl: 'https://acme.example/signup' },
    ['https://acme.example/signup'],
  ],
  ['account_already_exists', {}, []],
]

function* mailsIn(language: Language) {
  for (const template of Object.keys(samples) as MailTemplate[]) {
    for (const params of samples[template]) {
      const mail = renderMail(template, params as never, { siteName: site, language })
      yield { template, params: params as Record<string, unknown>, ...mail }
    }
  }
}

function smsIn(language: Language, template: SmsTemplate, params: object) {
  return renderSms(template, params as never, { siteName: site, language })
}

/** What a mail is about, so that it has to be in it whatever the language. */
function valuesOf({
  at: _,
  userAgent,
  isSignup: _signup,
  ...params
}: Record<string, unknown>): string[] {
  const values = Object.entries(params).flatMap(([name, value]) => {
    // One of one unit is not counted in every language.
    if (name === 'minutes' || name === 'days') return value === 1 ? [] : [String(value)]
    return value === '' ? [] : [String(value)]
  })
  return [site, ...values, ...(userAgent ? ['Firefox', 'Windows', '2027', ':05'] : [])]
}

describe.each(allLanguages)('the messages in %s', (language) => {
  it('have all that they are about, and nothing that was left open', () => {
    for (const { template, params, subject, text, html } of mailsIn(language)) {
      const flat = text.replace(marks, '').replace(/\n/g, ' ')
      const visible = html.replace(/<\/?bdi>/g, '')
      const isOpen = params.days !== undefined && !params.url && !params.key
      const { days: _, ...kept } = params
      for (const value of valuesOf(isOpen ? kept : params)) {
        assert.ok(flat.includes(value), `${template}: ${value}`)
        assert.ok(visible.includes(value), `${template}: ${value}`)
      }
      assert.doesNotMatch(
        `${subject}${text}${html.slice(html.indexOf('<body'))}`,
        /undefined|null|\$\{|\[object|NaN|[{}]/,
      )
    }
    for (const [template, params, values] of texts) {
      const { text } = smsIn(language, template, params)
      for (const value of [site, ...values])
        assert.ok(text.includes(value), `${template}: ${value}`)
      assert.doesNotMatch(text, /undefined|null|\$\{|\[object|NaN|[{}\n]/)
    }
  })

  it('have the same blocks, codes and links as the English ones', () => {
    const english = [...mailsIn('en')]
    for (const [index, { template, text }] of [...mailsIn(language)].entries()) {
      const shape = (part: string) => part.split('\n\n').length
      const alone = (part: string) =>
        part.split('\n').filter((line) => codeLike.test(line) || line.includes('://'))
      const original = english[index]?.text ?? ''
      assert.equal(shape(text), shape(original), template)
      assert.deepEqual(alone(text), alone(original), template)
    }
  })

  it('have subjects in one line', () => {
    for (const { template, subject } of mailsIn(language)) {
      assert.match(subject, /^[\p{L}][^\p{Cc}\p{Cf}]{5,70} - Acme$/u, template)
    }
  })

  it('have codes alone on a line whatever the site is called', () => {
    for (const siteName of ['ACME', 'ACME INC', `${'x'.repeat(70)} ACME`, 'ACME '.repeat(20)]) {
      for (const template of Object.keys(samples) as MailTemplate[]) {
        for (const params of samples[template]) {
          const { text } = renderMail(template, params as never, { siteName, language })
          const lines = text.replace(marks, '').split('\n')
          const code = 'code' in params ? [params.code] : []
          assert.deepEqual(
            lines.filter((line) => codeLike.test(line.trim())),
            code,
            template,
          )
        }
      }
    }
  })

  it('name their language', () => {
    for (const { html } of mailsIn(language))
      assert.match(html, new RegExp(`^<!DOCTYPE html>\n<html lang="${language}"`))
  })

  it('have room for two parts of text messages, and those with codes need one', () => {
    for (const [template, params] of texts) {
      const { text, code } = smsIn(language, template, params)
      const [one, two] = isGsm(text) ? [160, 306] : [70, 134]
      assert.ok(text.length <= (code ? one : two), `${template}: ${text.length} of ${one}: ${text}`)
    }
  })
})

describe.each(others)('in %s', (language) => {
  it('nothing is left in English', () => {
    const english = wordsIn(wordsOf.en)
    const same = [...wordsIn(wordsOf[language])].filter(
      ([path, words]) => english.get(path) === words,
    )
    const allowed = /^(language|isRightToLeft|colon|quotes\.\d|origin\.browser)$/
    assert.deepEqual(
      same.map(([path]) => path).filter((path) => !allowed.test(path)),
      [],
    )
  })

  it('every value of the words is used', () => {
    for (const [path, words] of wordsIn(wordsOf.en)) {
      const own = wordsIn(wordsOf[language]).get(path)
      assert.deepEqual(placesOf(own), placesOf(words), path)
    }
  })
})

describe('words from right to left', () => {
  const [mail] = [...mailsIn('ar')]

  it('say so, in every part that may be shown alone', () => {
    const { html = '' } = mail ?? {}
    assert.match(html, /<html lang="ar" dir="rtl">/)
    assert.match(html, /<div lang="ar" dir="rtl" class="card"/)
    assert.match(html, /<p lang="ar" dir="rtl" class="soft"/)
  })

  it('have what runs from left to right kept apart', () => {
    for (const { html, text, params } of mailsIn('ar')) {
      const { email, code, url } = params as Record<string, string | undefined>
      if (email) {
        assert.ok(html.includes(`<bdi>${email}</bdi>`))
        assert.ok(text.includes(`\u2068${email}\u2069`))
      }
      if (code) assert.match(html, new RegExp(`<p class="code" dir="ltr"[^>]*>${code}</p>`))
      if (url) assert.ok(html.includes(`<a dir="ltr" href="${url}"`))
    }
    const { text } = smsIn('ar', 'login_code', { code: '483-920', minutes: 3 })
    assert.match(text, /^[\p{Script=Arabic} ]+\u2068Acme\u2069: \u2068483-920\u2069\. /u)
  })

  it('have as many beginnings of what is kept apart as ends', () => {
    const evil = '\u202eevil\u2069\u2069 \u2066name'
    const origin = { ip: '192.0.2.1', userAgent: 'Firefox/1', at: new Date(0) }
    for (const language of allLanguages) {
      const sender = { siteName: `\u202eAcme\u2069`, language }
      const { subject, html, text } = renderMail(
        'webauthn_added',
        { ...origin, name: evil },
        sender,
      )
      assert.equal(html.split('<bdi>').length, html.split('</bdi>').length)
      assert.equal(text.split('\u2068').length, text.split('\u2069').length)
      assert.doesNotMatch(`${subject}${html}${text}`, /[\u202a-\u202e\u2066\u2067]/)
      assert.match(html, /<bdi>evil name<\/bdi>/)
    }
  })

  it('are none of the others', () => {
    for (const language of allLanguages.filter((it) => it !== 'ar')) {
      for (const { html, text, subject } of mailsIn(language)) {
        assert.doesNotMatch(html, /rtl/)
        assert.doesNotMatch(`${text}${subject}`, marks)
      }
    }
  })
})

describe('durations and times', () => {
  it.each([
    ['en', /works for 1 minute\./, /^When: 14 March 2027 at 09:05 UTC$/m],
    ['de', /Codes: 1 Minute\./, /^Zeit: 14\. März 2027 um 09:05 UTC$/m],
    ['fr', /valable 1 minute\./, /^Date : 14 mars 2027 à 09:05 UTC$/m],
    ['es', /durante 1 minuto\./, /^Fecha: 14 de marzo de 2027 a las 9:05 UTC$/m],
    ['ar', /الرمز: دقيقة واحدة\./, /^الوقت: 14 مارس 2027 في 9:05 ص UTC$/m],
  ] as const)('are written as people write them in %s', (language, duration, time) => {
    const code = { email: 'a@b.example', code: '1234', minutes: 1, isSignup: true }
    const sender = { siteName: site, language }
    assert.match(renderMail('email_verification_code', code, sender).text, duration)
    const [changed] = samples.password_changed
    assert.match(renderMail('password_changed', changed!, sender).text, time)
  })
})

describe('the subject', () => {
  it('begins with the prefix of the settings where there is one', () => {
    const sender = { siteName: site, subjectPrefix: '[Acme]\r\nBcc: x ', language: 'de' } as const
    const { subject } = renderMail('login_code', { code: '1234', minutes: 3 }, sender)
    assert.equal(subject, '[Acme] Bcc: x Ihr Anmeldecode')
    const bare = renderMail(
      'login_code',
      { code: '1234', minutes: 3 },
      { ...sender, subjectPrefix: '' },
    )
    assert.equal(bare.subject, 'Ihr Anmeldecode')
  })
})

describe('the languages', () => {
  it('have the names that Unicode has for them', () => {
    for (const language of allLanguages) {
      const name = new Intl.DisplayNames([language], { type: 'language' }).of(language)
      assert.equal(languages[language].toLowerCase(), name?.toLowerCase())
    }
  })
})

/** All words of a language by where they stand; values stand as `‹name›`. */
function wordsIn(words: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]): [string, string][] => {
      const here = `${path}${key}`
      if (typeof value === 'function') return [[here, value(places)]]
      if (typeof value === 'object') return [...wordsIn(value, `${here}.`)]
      return [[here, String(value)]]
    }),
  )
}

const places = new Proxy({}, { get: (_, name) => `‹${String(name)}›` })

function placesOf(words = ''): string[] {
  return [...words.matchAll(/‹\w+›/g)].map(([place]) => place).sort()
}

/** Whether a message is sent with seven bits for a letter: 3GPP TS 23.038. */
function isGsm(text: string): boolean {
  return /^[\n\r !"#%&'()*+,\-./0-9:;<=>?A-Za-z£¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà@$]*$/.test(
    text,
  )
}
