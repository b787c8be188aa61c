import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import type { JsonObject } from './json.ts'
import { tidy } from './tidy.ts'

const email = { type: 'object', properties: { email: { type: 'string' } }, required: ['email'] }
const name = { type: 'object', properties: { name: { type: 'string' } } }
const reference = { $ref: '#/components/schemas/Other' }
const emptied = { type: 'object', properties: {} }

const table: [circumstance: string, before: JsonObject, after: JsonObject][] = [
  [
    'requires nothing that is not described',
    { ...email, required: ['email', 'gone'] },
    { ...email, required: ['email'] },
  ],
  ['has no list of nothing that is required', { ...name, required: ['gone'] }, name],
  [
    'takes a single alternative as it is',
    { description: 'It.', anyOf: [email] },
    { description: 'It.', ...email },
  ],
  ['keeps alternatives', { oneOf: [email, name] }, { oneOf: [email, name] }],
  [
    'makes one of the parts that stand in it, in their place',
    { allOf: [email, reference, name] },
    {
      allOf: [{ ...email, properties: { ...email.properties, ...name.properties } }, reference],
    },
  ],
  [
    'takes a single part as it is',
    { description: 'It.', allOf: [emptied, email] },
    { description: 'It.', ...email },
  ],
  ['keeps what refers elsewhere', { allOf: [reference, email] }, { allOf: [reference, email] }],
  ['drops what is emptied', { description: '', ...emptied }, { type: 'object' }],
]

describe('a schema from which parts are gone', () => {
  for (const [circumstance, before, after] of table) {
    it(circumstance, () => assert.deepEqual(tidy(before), after))
  }
})
