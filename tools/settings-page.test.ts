import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'vitest'
import { definitions } from '../packages/server/src/settings/definitions.ts'
import { pagePath, settingsPage, shownDefault } from './settings-page.ts'
import { readSettingsSource } from './settings-source.ts'

const { parts } = readSettingsSource()
const members = parts.flatMap(({ group, members }) =>
  members.map((member) => ({ path: `${group}.${member.key}`, ...member })),
)

describe('the doc comments of settings', () => {
  it('are there for every setting', () => {
    assert.deepEqual(
      members.map(({ path }) => path),
      definitions.map(({ path }) => path),
    )
    for (const { path, doc } of members) assert.ok(doc.endsWith('.'), path)
  })

  it('state the defaults of the constants', () => {
    const stated = members.map(({ path, defaultValue }) => [path, defaultValue])
    const actual = definitions.map((definition) => [definition.path, shownDefault(definition)])
    assert.deepEqual(stated, actual)
  })
})

describe('docs/settings.md', () => {
  it('is up to date', () => {
    assert.equal(readFileSync(pagePath, 'utf8'), settingsPage(), 'run node tools/settings-page.ts')
  })

  it('has every setting in both spellings', () => {
    const page = readFileSync(pagePath, 'utf8')
    for (const { flat, path } of definitions) {
      assert.ok(page.includes(`#### \`${flat}\`\n\n\`${path}\`: `), flat)
    }
  })
})
