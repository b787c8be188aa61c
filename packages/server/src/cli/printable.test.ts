import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { fitTo, toPrintable } from './printable.ts'
import { readTime } from './time-option.ts'

describe('toPrintable', () => {
  it.each([
    ['a\u001b[2Jb', 'a\\u001b[2Jb'],
    ['a\nb\rc\td', 'a\\u000ab\\u000dc\\u0009d'],
    ['\u009b31m \u202etxt\u2028', '\\u009b31m \\u202etxt\\u2028'],
    ['\u{e0041}', '\\udb40\\udc41'],
    ['Zoë 王 🙂', 'Zoë 王 🙂'],
  ])('%j', (text, shown) => {
    assert.equal(toPrintable(text), shown)
  })

  it('leaves JSON what it says', () => {
    const said = { text: 'a\u001b\u009b\u202e\u2028\u{e0041}"\\' }
    assert.deepEqual(JSON.parse(toPrintable(JSON.stringify(said))), said)
  })
})

describe('fitTo', () => {
  it('cuts what is too wide, between characters', () => {
    assert.equal(fitTo(5, '🙂🙂🙂🙂🙂'), '🙂🙂🙂🙂🙂')
    assert.equal(fitTo(4, '🙂🙂🙂🙂🙂'), '🙂🙂🙂…')
    assert.equal(fitTo(Number.POSITIVE_INFINITY, 'abc'), 'abc')
  })
})

describe('readTime', () => {
  const now = Date.parse('2026-11-24T12:00:00Z')

  it.each([
    ['30m', '2026-11-24T11:30:00Z'],
    ['24h', '2026-11-23T12:00:00Z'],
    ['7d', '2026-11-17T12:00:00Z'],
    ['2w', '2026-11-10T12:00:00Z'],
    ['2026-11-20', '2026-11-20T00:00:00Z'],
    ['2026-11-20T08:30', '2026-11-20T08:30:00Z'],
    ['2026-11-20T08:30:15.5+02:00', '2026-11-20T06:30:15.5Z'],
  ])('%s', (text, expected) => {
    assert.equal(readTime('since', text, now), Date.parse(expected))
  })

  it.each(['', 'yesterday', '24', '24x', '2026-13-01', '2026', '-3d', '1e3h', '2026-11-20 08:30'])(
    'refuses %j',
    (text) => {
      assert.throws(() => readTime('since', text, now), /--since: expected a date/)
    },
  )
})
