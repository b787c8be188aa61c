import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { type Content, openapiFile, operationsOf, readDocument, resolve } from './document.ts'

const document = readDocument(openapiFile)
const operations = operationsOf(document)
const ajv = new Ajv2020({ allowUnionTypes: true, strictRequired: false })
addFormats.default(ajv)
ajv.addVocabulary(Object.keys(document))
ajv.addSchema(document, 'openapi')

describe('openapi.yaml', () => {
  it('is OpenAPI 3.1', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
  })

  it('describes all 58 operations', () => {
    expect(operations).toHaveLength(58)
  })

  it('has no reference that leads nowhere', () => {
    for (const $ref of referencesIn(document))
      expect(resolve(document, { $ref }), $ref).toBeDefined()
  })

  it('uses every component', () => {
    const used = new Set(referencesIn(document))
    const all = Object.entries(document.components).flatMap(([kind, members]) =>
      Object.keys(members).map((name) => `#/components/${kind}/${name}`),
    )
    expect(all.filter((it) => !used.has(it))).toEqual([])
  })

  it('gives each operation a name of its own, a summary and known tags', () => {
    const names = operations.map(({ operation }) => operation.operationId)
    expect(new Set(names).size).toBe(names.length)
    const tags = document.tags?.map((it) => it.name)
    for (const { name, operation } of operations) {
      expect(operation.operationId, name).toMatch(/^[a-z][a-zA-Z]+$/)
      expect(operation.summary, name).toMatch(/^[A-Z].*[^.]$/)
      expect(tags, name).toEqual(expect.arrayContaining(operation.tags ?? ['no tag']))
    }
  })

  it('names in each path the parameters that it has', () => {
    for (const { name, path, operation } of operations) {
      const parameters = (operation.parameters ?? []).map((it) => resolve(document, it))
      const found = parameters.filter((it) => it.in === 'path').map((it) => `{${it.name}}`)
      expect(found, name).toEqual(path.match(/\{\w+\}/g) ?? [])
    }
  })
})

describe('the schemas of openapi.yaml', () => {
  const schemas = Object.entries(document.components.schemas)

  it.each(schemas)('%s compiles', (name) => {
    expect(ajv.compile({ $ref: `openapi#/components/schemas/${name}` })).toBeTypeOf('function')
  })

  it.each(schemas)('%s has examples that fit', (name, { examples = [] }) => {
    const validate = ajv.compile({ $ref: `openapi#/components/schemas/${name}` })
    for (const example of examples) expect(validate(example), String(example)).toBe(true)
  })

  it('fit the examples of the answers', () => {
    for (const [name, value] of Object.entries(document.components.responses ?? {})) {
      const { content = {} } = value as Content // components.responses has nothing else
      for (const [type, { examples = {} }] of Object.entries(content)) {
        const pointer = `openapi#/components/responses/${name}/content/${type.replace('/', '~1')}`
        const validate = ajv.compile({ $ref: `${pointer}/schema` })
        for (const example of Object.values(examples)) {
          expect(validate(example.value), `${name}: ${JSON.stringify(validate.errors)}`).toBe(true)
        }
      }
    }
  })
})

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, it]) =>
    key === '$ref' && typeof it === 'string' ? [it] : referencesIn(it),
  )
}
