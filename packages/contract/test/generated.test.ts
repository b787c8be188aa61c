import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { generatedTypes, renderTypes } from '../../../tools/generate.ts'

it('has the types that belong to openapi.yaml (else run npm run generate)', async () => {
  expect(readFileSync(generatedTypes, 'utf8') === (await renderTypes())).toBe(true)
})
