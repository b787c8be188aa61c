import { type Change, isJsonObject, type JsonObject, listAt, objectAt, rebuild } from './json.ts'

/**
 * One document of two: that of the headless API, and our own, whose references lead into the first as
 * well as into itself.
 */
export function joinDocuments(headless: JsonObject, own: JsonObject): JsonObject {
  const rebased = rebuild(own, leadInside)
  const kinds = new Set([
    ...Object.keys(objectAt(headless, 'components')),
    ...Object.keys(objectAt(rebased, 'components')),
  ])
  const components = [...kinds].map((kind) => {
    const [first, second] = [headless, rebased].map((it) =>
      objectAt(objectAt(it, 'components'), kind),
    )
    return [kind, { ...first, ...second }] as const
  })
  return {
    ...headless,
    tags: [...listAt(headless, 'tags'), ...listAt(rebased, 'tags')],
    paths: { ...objectAt(headless, 'paths'), ...objectAt(rebased, 'paths') },
    components: Object.fromEntries(components),
  }
}

const leadInside: Change = (part) => {
  if (!isJsonObject(part) || typeof part.$ref !== 'string') return part
  return { ...part, $ref: part.$ref.replace(/^openapi\.yaml#/, '#') }
}
