import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, it } from 'vitest'

const source = fileURLToPath(new URL('../apps/portal/src', import.meta.url))
const languages = ['de', 'fr', 'es', 'ar']
const areas = ['common', 'errors', 'auth', 'account']

describe('the texts of the portal', () => {
  for (const area of areas) {
    it(`${area}: every language has those of English, with the same holes`, async () => {
      const english = await textsOf('en', area)
      for (const language of languages) {
        const texts = await textsOf(language, area)
        assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort(), language)
        for (const [name, text] of Object.entries(texts)) {
          assert.notEqual(text.trim(), '', `${language}: ${name}`)
          assert.deepEqual(holes(text), holes(english[name] ?? ''), `${language}: ${name}`)
        }
      }
    })
  }

  it('are all said somewhere, but for the errors, which the server names', async () => {
    const code = globSync('**/*.{ts,tsx}', { cwd: source })
      .filter((path) => !path.startsWith('messages'))
      .map((path) => readFileSync(join(source, path), 'utf8'))
      .join('\n')
    for (const area of areas.filter((it) => it !== 'errors')) {
      const names = Object.keys(await textsOf('en', area))
      assert.deepEqual(
        names.filter((name) => !new RegExp(`['"]${area}\\.${name}['"]`).test(code)),
        [],
        area,
      )
    }
  })
})

async function textsOf(language: string, area: string): Promise<Record<string, string>> {
  const path = join(source, 'messages', language, `${area}.ts`)
  const { [area]: texts } = await import(pathToFileURL(path).href)
  return texts
}

function holes(text: string): string[] {
  return [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort()
}
