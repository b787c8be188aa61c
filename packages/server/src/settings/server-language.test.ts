import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { loadSettings } from './load.ts'
import { SettingsError } from './settings-error.ts'

const load = (overrides: object) => {
  const { settings, warnings } = loadSettings({ overrides })
  return { ...settings.server, warnings }
}

describe('LANGUAGE_CODE and LANGUAGES', () => {
  it('take what a configuration that is taken over has', () => {
    const { languages, languageCode, warnings } = load({
      LANGUAGE_CODE: 'de-ch',
      LANGUAGES: [
        ['en', 'English'],
        ['de', 'Deutsch'],
      ],
    })
    assert.deepEqual([languages, languageCode, warnings], [['en', 'de'], 'de', []])
  })

  it.each(['nl', 'pt-br', 'zh-hans'])(
    'count %s, which there are no texts in, as English',
    (tag) => {
      const { languageCode, warnings } = load({ LANGUAGE_CODE: tag })
      assert.equal(languageCode, 'en')
      assert.equal(warnings.length, 1)
      assert.match(
        warnings[0] ?? '',
        new RegExp(`LANGUAGE_CODE: there are no texts in ${tag.slice(0, 2)}`),
      )
    },
  )

  it('leave out what there are no texts in', () => {
    const { languages, warnings } = load({ LANGUAGES: ['fr', 'nl', 'en'] })
    assert.deepEqual(languages, ['fr', 'en'])
    assert.deepEqual(warnings, ['LANGUAGES: there are no texts in nl'])
    assert.deepEqual(load({ LANGUAGES: ['nl'] }).languages, ['en'])
  })

  it('begin with the first one where English is not offered', () => {
    assert.equal(load({ LANGUAGES: ['de', 'fr'] }).languageCode, 'de')
    assert.throws(() => load({ LANGUAGE_CODE: 'en', LANGUAGES: ['de'] }), SettingsError)
  })

  it.each([
    { LANGUAGES: [] },
    { LANGUAGES: ['English!'] },
    { LANGUAGE_CODE: 7 },
    { LANGUAGE_CODE: '' },
  ])('refuse %j', (settings) => {
    assert.throws(() => load(settings), SettingsError)
  })
})
