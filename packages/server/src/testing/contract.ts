import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'

/** The part of the contract that is read here; the rest is left to ajv. */
interface Contract {
  paths: Record<string, Record<string, Operation>>
  components: { responses: Record<string, { content?: object }> }
}

interface Operation {
  operationId: string
  responses: Record<string, { $ref: string }>
}

interface Answer {
  operationId: string
  /** The component that describes it, such as `#/components/responses/Conflict`. */
  response: string
}

const documentId = 'https://latchkey.invalid/openapi.yaml'

/**
 * Throws unless the contract has this JSON answer: an operation for the method and the concrete path,
 * the status among its answers, and the body as described there.
 */
export function assertAnswer(method: string, path: string, status: number, body: unknown): void {
  const { operationId, response } = findAnswer(method, path, status)
  const validate = validatorOf(response)
  if (!validate) throw new Error(`${operationId} ${status} is not JSON in the contract`)
  if (validate(body)) return
  const found = JSON.stringify(body)
  throw new Error(
    `${operationId} ${status} does not match the contract: ${problems(validate)}; found ${found}`,
  )
}

function findAnswer(method: string, path: string, status: number): Answer {
  const operations = operationsAt(path)
  const own = operations[method.toLowerCase()]
  // A gate before the method check, such as an ended session, answers alike for every method.
  const candidates = own ? [own] : Object.values(operations)
  for (const { operationId, responses } of candidates) {
    const response = responses[status]
    if (response) return { operationId, response: response.$ref }
  }
  const names = candidates.map((it) => it.operationId).join(', ')
  throw new Error(`${method} ${path}: the contract has no answer ${status} for ${names}`)
}

function operationsAt(path: string): Record<string, Operation> {
  const bare = path.replace(/[?#].*$/s, '')
  for (const [template, { parameters: _, ...operations }] of Object.entries(contract().paths)) {
    if (patternOf(template).test(bare)) return operations
  }
  throw new Error(`${bare}: the contract has no such path`)
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replace('{client}', '(?:app|browser)')}$`)
}

const validators = new Map<string, ValidateFunction>()

function validatorOf(response: string): ValidateFunction | undefined {
  const known = validators.get(response)
  if (known) return known
  const name = response.slice(response.lastIndexOf('/') + 1)
  if (!contract().components.responses[name]?.content) return undefined
  const pointer = `${response}/content/application~1json/schema`
  const validate = compiler().compile({ $ref: documentId + pointer })
  validators.set(response, validate)
  return validate
}

let contractOnce: Contract | undefined

function contract(): Contract {
  if (contractOnce) return contractOnce
  const file = createRequire(import.meta.url).resolve('@latchkey/contract/openapi.yaml')
  contractOnce = parse(readFileSync(file, 'utf8')) as Contract // contract's own tests check the shape
  return contractOnce
}

let compilerOnce: Ajv2020 | undefined

function compiler(): Ajv2020 {
  if (compilerOnce) return compilerOnce
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false })
  addFormats.default(ajv)
  ajv.addVocabulary(Object.keys(contract())) // OpenAPI's own words at the root of the document
  ajv.addSchema({ ...contract(), $id: documentId })
  compilerOnce = ajv
  return ajv
}

function problems(validate: ValidateFunction): string {
  const errors = validate.errors ?? []
  return errors.map((it) => `${it.instancePath || 'the body'} ${it.message}`).join('; ')
}
