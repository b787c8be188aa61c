import {
  isJsonObject,
  type Json,
  type JsonObject,
  listAt,
  objectAt,
  textAt,
  without,
} from './json.ts'
import { operationsOf } from './operations.ts'

/** A document without the components and tags that nothing refers to. */
export function withoutUnused(document: JsonObject): JsonObject {
  const used = reachedFrom(document)
  const components = Object.entries(objectAt(document, 'components')).flatMap(([kind, members]) => {
    const kept = Object.entries(isJsonObject(members) ? members : {}).filter(([name]) =>
      used.has(`#/components/${kind}/${name}`),
    )
    return kept.length > 0 ? [[kind, Object.fromEntries(kept)] as const] : []
  })
  const tags = new Set(operationsOf(document).flatMap(({ operation }) => listAt(operation, 'tags')))
  return {
    ...document,
    tags: listAt(document, 'tags').filter((tag) => tags.has(textAt(tag, 'name'))),
    components: Object.fromEntries(components),
  }
}

/** Every component that the rest of a document leads to. */
function reachedFrom(document: JsonObject): Set<string> {
  const reached = new Set<string>()
  const open = [...referencesIn(without(document, ['components']))]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue
    reached.add(next)
    open.push(...referencesIn(resolve(document, next) ?? null))
  }
  return reached
}

/** The targets of all references in a value. */
export function referencesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([name, it]) =>
    name === '$ref' && typeof it === 'string' ? [it] : referencesIn(it),
  )
}

/** The component that a reference leads to. */
export function resolve(document: JsonObject, reference: string): JsonObject | undefined {
  const [kind = '', name = ''] = reference.replace('#/components/', '').split('/')
  const found = objectAt(objectAt(document, 'components'), kind)[name]
  return isJsonObject(found) ? found : undefined
}
