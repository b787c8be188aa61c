import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { describe, it } from 'vitest'
import { negotiateLanguage } from './accept-language.ts'

const offered = ['en', 'de', 'fr', 'es', 'ar'] as const

function ask(header: string | undefined, otherwise: (typeof offered)[number] = 'en') {
  return negotiateLanguage(header, offered, otherwise)
}

describe('an Accept-Language header', () => {
  it.each([
    ['de', 'de'],
    ['DE', 'de'],
    ['de-AT', 'de'],
    ['zh-Hant-TW, fr-CA;q=0.4', 'fr'],
    ['fr;q=0.5, de;q=0.8', 'de'],
    ['fr;q=0.8,de;q=0.8', 'fr'],
    ['fr; q=0.8 , de ; q=0.9', 'de'],
    ['fr;Q=0.3, de', 'de'],
    ['de;q=0.001, fr;q=0.002', 'fr'],
    ['ar, en;q=0.1', 'ar'],
    ['es;q=1.000', 'es'],
  ] as const)('%s is answered with %s', (header, expected) => {
    assert.equal(ask(header), expected)
  })

  it.each(['', '*', 'nl', 'nl, *;q=0.5', 'den', 'd', 'e', 'de-', 'de_AT', '-de', 'constructor'])(
    '%j asks for none of those that are offered',
    (header) => {
      assert.equal(ask(header, 'fr'), 'fr')
    },
  )

  it('that is missing asks for none', () => {
    assert.equal(ask(undefined, 'ar'), 'ar')
  })

  it('refuses a language with a quality of 0', () => {
    assert.equal(ask('de;q=0, fr;q=0.1'), 'fr')
    assert.equal(ask('en;q=0, *'), 'de')
    assert.equal(ask('de;q=0.0, de-AT;q=0.5, fr;q=0.1'), 'fr')
    assert.equal(ask('en;q=0, de;q=0, fr;q=0, es;q=0, ar;q=0, *'), 'en')
  })

  it.each([
    'de;q=2',
    'de;q=1.001',
    'de;q=0.1234',
    'de;q=-1',
    'de;q=',
    'de;x=1',
    'de;q=1;x=1',
    'de;q=e',
  ])('%s is passed over, and the rest is read', (range) => {
    assert.equal(ask(`${range}, es;q=0.1`), 'es')
  })

  it('that is too long, or names too many, is not read on', () => {
    assert.equal(ask(`${'nl,'.repeat(19)}de`), 'de')
    assert.equal(ask(`${'nl,'.repeat(20)}de`), 'en')
    assert.equal(ask(`de,${' '.repeat(600)}`), 'en')
  })

  it('takes no time, whatever is in it', () => {
    const hostile = [
      '-a'.repeat(500_000),
      ';q=0'.repeat(250_000),
      ' '.repeat(1_000_000),
      ','.repeat(499),
    ]
    const startedAt = performance.now()
    for (const header of hostile) for (let n = 0; n < 100; n += 1) ask(`de${header}`)
    assert.ok(performance.now() - startedAt < 1000)
  })

  it('finds a language with a region that is offered', () => {
    assert.equal(negotiateLanguage('pt-BR', ['pt', 'pt-BR'], 'pt'), 'pt')
    assert.equal(negotiateLanguage('pt-BR', ['en', 'pt-BR'], 'en'), 'pt-BR')
    assert.equal(negotiateLanguage('pt', ['en', 'pt-BR'], 'en'), 'en')
  })
})
