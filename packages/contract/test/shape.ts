import type { Document, Schema } from './document.ts'
import { resolve } from './document.ts'

/** What a schema says about one place in a value, with all references and combinations worked in. */
export interface Shape {
  types: ReadonlySet<string>
  /** The values that are allowed; undefined if they are not listed. */
  values: ReadonlySet<string> | undefined
  properties: ReadonlyMap<string, Shape>
  required: ReadonlySet<string>
  items: Shape | undefined
}

export function shapeOf(document: Document, schema: Schema): Shape {
  const own = ownShape(document, schema)
  const unions = [schema.oneOf, schema.anyOf].flatMap((variants) =>
    variants ? [variants.map((it) => shapeOf(document, it)).reduce(unite)] : [],
  )
  const parts = (schema.allOf ?? []).map((it) => shapeOf(document, it))
  const target = schema.$ref
    ? [shapeOf(document, resolve<Schema>(document, { $ref: schema.$ref }))]
    : []
  const whole = [own, ...target, ...parts, ...unions].reduce(intersect)
  return schema.nullable ? { ...whole, types: union(whole.types, new Set(['null'])) } : whole
}

function ownShape(document: Document, schema: Schema): Shape {
  const listed = 'const' in schema ? [schema.const] : schema.enum
  const types = schema.type ?? (listed ?? []).map(typeName)
  const properties = Object.entries(schema.properties ?? {})
  return {
    types: new Set(typeof types === 'string' ? [types] : types),
    values: listed && new Set(listed.map((it) => JSON.stringify(it))),
    properties: new Map(properties.map(([name, it]) => [name, shapeOf(document, it)])),
    required: new Set(schema.required),
    items: schema.items && shapeOf(document, schema.items),
  }
}

function typeName(value: unknown): string {
  return Number.isInteger(value) ? 'integer' : typeof value
}

function unite(a: Shape, b: Shape): Shape {
  return {
    types: union(a.types, b.types),
    values: a.values && b.values && union(a.values, b.values),
    properties: mergeProperties(a, b, unite),
    required: new Set([...a.required].filter((it) => b.required.has(it))),
    items: a.items && b.items ? unite(a.items, b.items) : (a.items ?? b.items),
  }
}

function intersect(a: Shape, b: Shape): Shape {
  return {
    types: a.types.size > 0 ? a.types : b.types,
    values: a.values ?? b.values,
    properties: mergeProperties(a, b, intersect),
    required: union(a.required, b.required),
    items: a.items ?? b.items,
  }
}

function mergeProperties(a: Shape, b: Shape, merge: (a: Shape, b: Shape) => Shape) {
  const merged = new Map(a.properties)
  for (const [name, shape] of b.properties) {
    const other = merged.get(name)
    merged.set(name, other ? merge(other, shape) : shape)
  }
  return merged
}

function union<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): Set<T> {
  return new Set([...a, ...b])
}

/** One thing that a contract says of one subject, as text. */
export type Fact = readonly [subject: string, says: string]

/** Writes a shape down, so that two can be compared. */
export function factsOf(shape: Shape, path: string): Fact[] {
  return [
    [path, `is ${[...shape.types].sort().join(' or ')}`],
    ...[...(shape.values ?? [])].map((it): Fact => [path, `may be ${it}`]),
    ...[...shape.required].map((it): Fact => [`${path}.${it}`, 'is required']),
    ...(shape.items ? factsOf(shape.items, `${path}[]`) : []),
    ...[...shape.properties].flatMap(([name, it]) => factsOf(it, `${path}.${name}`)),
  ]
}

/** Lists the members of a value that a shape does not have. */
export function unknownMembers(shape: Shape, value: unknown, path = ''): string[] {
  if (Array.isArray(value)) {
    const { items } = shape
    return items ? value.flatMap((it) => unknownMembers(items, it, `${path}[]`)) : [`${path}[]`]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, it]) => {
    const member = shape.properties.get(name)
    return member ? unknownMembers(member, it, `${path}.${name}`) : [`${path}.${name}`]
  })
}
