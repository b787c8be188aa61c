import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import type { JsonObject } from '../json.ts'
import { markdown } from './markdown.ts'
import { referencePage } from './page.ts'
import { sampleOf, typeOf } from './schema.ts'

const evil = `"><script>alert(1)</script>'`

describe('the reference page', () => {
  it('escapes whatever stands in the document', () => {
    const schema = {
      type: 'object',
      description: evil,
      properties: { [evil]: { type: 'string', enum: [evil], examples: [evil], description: evil } },
      required: [evil],
    }
    const page = referencePage({
      info: { title: evil, description: evil },
      tags: [{ name: evil, description: evil }],
      paths: {
        [`/${evil}`]: {
          get: {
            operationId: evil,
            summary: evil,
            description: evil,
            tags: [evil],
            parameters: [{ name: evil, in: evil, description: evil, schema: { const: evil } }],
            requestBody: { content: { [evil]: { schema } } },
            responses: {
              200: {
                description: evil,
                content: { [evil]: { schema, examples: { a: { summary: evil, value: evil } } } },
              },
            },
          },
        },
      },
    })
    assert.doesNotMatch(page, /<script|alert\(1\)<|="[^"]*"><\/?script/)
    assert.match(page, /&quot;&gt;&lt;script&gt;/)
  })

  it('ends on a document that goes round in a ring', () => {
    const ring = { type: 'object', properties: { next: { $ref: '#/components/schemas/Ring' } } }
    const page = referencePage({
      info: { title: 'Ring' },
      tags: [{ name: 'Rings' }],
      paths: {
        '/ring': {
          get: {
            operationId: 'getRing',
            summary: 'Ring',
            tags: ['Rings'],
            responses: {
              200: {
                description: 'A ring',
                content: { 'application/json': { schema: { $ref: '#/components/schemas/Ring' } } },
              },
            },
          },
        },
      },
      components: { schemas: { Ring: ring } },
    })
    assert.match(page, /next/)
  })
})

describe('the marks of descriptions', () => {
  it('are paragraphs, lists, bold and code', () => {
    const table: [string, string][] = [
      ['One.\n\nTwo.', '<p>One.</p><p>Two.</p>'],
      ['**Bold.** Then `a<b`', '<p><strong>Bold.</strong> Then <code>a&lt;b</code></p>'],
      ['`**not bold**`', '<p><code>**not bold**</code></p>'],
      ['Some:\n- one\n- two', '<p>Some:</p><ul><li>one</li><li>two</li></ul>'],
      ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
      ['<b>no</b>', '<p>&lt;b&gt;no&lt;/b&gt;</p>'],
      ['', ''],
    ]
    for (const [text, expected] of table) assert.equal(markdown(text).markup, expected)
  })
})

describe('a schema in words', () => {
  const document: JsonObject = {
    components: {
      schemas: {
        Name: { type: 'string', examples: ['ann'] },
        Id: { oneOf: [{ type: 'integer' }, { type: 'string' }] },
        Base: { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] },
      },
    },
  }
  const name = { $ref: '#/components/schemas/Name' }

  it('has a type', () => {
    const table: [JsonObject, string][] = [
      [name, 'string'],
      [{ $ref: '#/components/schemas/Id' }, 'integer or string'],
      [{ type: ['number', 'null'] }, 'number or null'],
      [{ type: 'array', items: name }, 'array of string'],
      [{ const: true }, 'always true'],
      [{ allOf: [{ $ref: '#/components/schemas/Base' }] }, 'object'],
    ]
    for (const [schema, expected] of table) assert.equal(typeOf(document, schema), expected)
  })

  it('has a sample of what is required, or of everything', () => {
    const both = {
      allOf: [
        { $ref: '#/components/schemas/Base' },
        { type: 'object', properties: { name, note: { type: 'string' } }, required: ['name'] },
      ],
    }
    assert.deepEqual(sampleOf(document, both), { id: 1, name: 'ann' })
    const optional = { type: 'object', properties: { name, list: { type: 'array', items: name } } }
    assert.deepEqual(sampleOf(document, optional), { name: 'ann', list: ['ann'] })
    const choice = {
      type: 'object',
      properties: { a: { const: 1 } },
      required: ['a'],
      anyOf: [{ type: 'object', properties: { name }, required: ['name'] }],
    }
    assert.deepEqual(sampleOf(document, choice), { a: 1, name: 'ann' })
  })
})
