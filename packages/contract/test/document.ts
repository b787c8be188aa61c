import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** A JSON schema, as far as the tests look into it. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  nullable?: boolean
  const?: unknown
  enum?: unknown[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  examples?: unknown[]
}

export interface Parameter {
  name: string
  in: string
  required?: boolean
  schema: Schema
}

export interface Content {
  required?: boolean
  content?: Record<string, { schema: Schema; examples?: Record<string, { value: unknown }> }>
}

export interface Operation {
  operationId?: string
  summary?: string
  tags?: string[]
  parameters?: (Parameter | Reference)[]
  requestBody?: Content | Reference
  responses: Record<string, Content | Reference>
}

export interface Reference {
  $ref: string
}

export interface Document {
  openapi: string
  tags?: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> } & Record<string, Record<string, unknown>>
}

export interface NamedOperation {
  method: string
  path: string
  /** Method and path, the latter without what is the same everywhere. */
  name: string
  operation: Operation
}

export const openapiFile = new URL('../openapi.yaml', import.meta.url)

export function readDocument(file: URL): Document {
  return parse(readFileSync(file, 'utf8')) as Document // openapi.test.ts checks the shape
}

export function operationsOf(document: Document): NamedOperation[] {
  return Object.entries(document.paths).flatMap(([path, { parameters, ...operations }]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      name: `${method.toUpperCase()} ${path.replace('/_allauth/{client}/v1/', '')}`,
      operation: {
        ...operation,
        parameters: [...shared(parameters), ...(operation.parameters ?? [])],
      },
    })),
  )
}

function shared(parameters: unknown): (Parameter | Reference)[] {
  return Array.isArray(parameters) ? parameters : []
}

/** Follows a reference by one step, if it is one. */
export function resolve<T extends object>(document: Document, value: T | Reference): T {
  if (!('$ref' in value) || typeof value.$ref !== 'string') return value as T // no reference
  const names = value.$ref.replace(/^#\//, '').split('/')
  const target = names.reduce<unknown>((it, name) => member(it, name), document)
  if (typeof target !== 'object' || target === null) throw new Error(`${value.$ref} leads nowhere`)
  return target as T // the contract puts only values of this kind there
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}
