import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { generated, renderTypes } from '../../../tools/generate.ts'

it.each(generated)(
  'has the types that belong to $document (else run npm run generate)',
  async ({ document, types }) => {
    expect(readFileSync(types, 'utf8') === (await renderTypes(document))).toBe(true)
  },
)
