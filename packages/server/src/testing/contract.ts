import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'
import type { Assembled } from '../assemble.ts'
import { contractPath } from '../spec/contract-path.ts'
import { joinDocuments } from '../spec/join.ts'
import { narrow } from '../spec/narrow.ts'

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
  wholeContract ??= new AnswerCheck(readWholeContract())
  wholeContract.assert(method, path, status, body)
}

let wholeContract: AnswerCheck | undefined
let document: ReturnType<typeof readWholeContract> | undefined

function readWholeContract(): Parameters<typeof narrow>[0] {
  const [headless, own] = (['openapi.yaml', 'latchkey.yaml'] as const).map((file) =>
    parse(readFileSync(contractPath(file), 'utf8')),
  )
  return joinDocuments(headless, own)
}

const activeContracts = new Map<string, AnswerCheck>()
const bySettings = new Map<string, AnswerCheck>()

/** The check against what is left of the contract under the settings of a server. */
export function activeContract({ server: { settings }, served: { api } }: Assembled): AnswerCheck {
  const key = JSON.stringify({ ...settings, server: { ...settings.server, databasePath: '' } })
  const known = bySettings.get(key)
  if (known) return known
  document ??= readWholeContract()
  const active = narrow(document, { settings, api })
  // Many settings make no difference to the contract, and schemas take long to compile.
  const text = JSON.stringify(active)
  const check = activeContracts.get(text) ?? new AnswerCheck(active)
  activeContracts.set(text, check)
  bySettings.set(key, check)
  return check
}

/** Compares answers with a document: the contract, or what is left of it for a server. */
export class AnswerCheck {
  readonly #contract: Contract
  readonly #paths: readonly { pattern: RegExp; operations: Record<string, Operation> }[]
  readonly #compiler: Ajv2020
  readonly #validators = new Map<string, ValidateFunction>()

  constructor(document: object) {
    this.#contract = document as Contract // contract's own tests check the shape
    this.#paths = Object.entries(this.#contract.paths).map(
      ([template, { parameters: _, ...operations }]) => ({
        pattern: patternOf(template),
        operations,
      }),
    )
    const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false })
    addFormats.default(ajv)
    ajv.addVocabulary(Object.keys(document)) // OpenAPI's own words at the root of the document
    ajv.addSchema({ ...document, $id: documentId })
    this.#compiler = ajv
  }

  /** Throws unless the document has this JSON answer. */
  assert(method: string, path: string, status: number, body: unknown): void {
    const { operationId, response } = this.#findAnswer(method, path, status)
    const validate = this.#validatorOf(response)
    if (!validate) throw new Error(`${operationId} ${status} is not JSON in the contract`)
    if (validate(body)) return
    const found = JSON.stringify(body)
    throw new Error(
      `${operationId} ${status} does not match the contract: ${problems(validate)}; found ${found}`,
    )
  }

  #findAnswer(method: string, path: string, status: number): Answer {
    const operations = this.#operationsAt(path)
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

  #operationsAt(path: string): Record<string, Operation> {
    const bare = path.replace(/[?#].*$/s, '')
    const found = this.#paths.find(({ pattern }) => pattern.test(bare))
    if (!found) throw new Error(`${bare}: the contract has no such path`)
    return found.operations
  }

  #validatorOf(response: string): ValidateFunction | undefined {
    const known = this.#validators.get(response)
    if (known) return known
    const name = response.slice(response.lastIndexOf('/') + 1)
    if (!this.#contract.components.responses[name]?.content) return undefined
    const pointer = `${response}/content/application~1json/schema`
    const validate = this.#compiler.compile({ $ref: documentId + pointer })
    this.#validators.set(response, validate)
    return validate
  }
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replace('{client}', '(?:app|browser)')}$`)
}

function problems(validate: ValidateFunction): string {
  const errors = validate.errors ?? []
  return errors.map((it) => `${it.instancePath || 'the body'} ${it.message}`).join('; ')
}
