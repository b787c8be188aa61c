import type { PathRoutes } from '../http/route.ts'
import type { Settings } from '../settings/settings.ts'
import { absentParts } from './conditions.ts'
import { isWorthShowing, trueExamples } from './examples.ts'
import { type Facts, factsOf } from './facts.ts'
import { type Change, isJsonObject, type Json, type JsonObject, rebuild } from './json.ts'
import { servedPaths } from './operations.ts'
import { rewrites } from './rewrites.ts'
import { trueDescription } from './sentences.ts'
import { tidy } from './tidy.ts'
import { withoutUnused } from './unused.ts'

/** What a server is like: what its settings say, and what it answers to by them. */
export interface ServerShape {
  settings: Settings
  api: ReadonlyMap<string, PathRoutes>
}

/** The contract as far as it holds for one server: what that cannot do or answer is not in it. */
export function narrow(whole: JsonObject, { settings, api }: ServerShape): JsonObject {
  const paths = servedPaths(whole, api, settings.headless.clients)
  const facts = factsOf(settings, paths)
  const changes: readonly Change[] = [
    withoutAbsent(absentParts(facts)),
    followSettings(facts),
    tellTruth(facts),
    trueExamples(facts),
    (part, place) => (isEmptyExample(part, place) ? undefined : tidy(part)),
  ]
  return withoutUnused(changes.reduce(rebuild, { ...whole, paths }))
}

/** Takes out parts, and whatever refers to them. */
function withoutAbsent(absent: ReadonlySet<string>): Change {
  return (part, place) => {
    const target = isJsonObject(part) ? part.$ref : undefined
    const isGone = typeof target === 'string' && absent.has(target.replace('#', ''))
    return isGone || absent.has(place) ? undefined : part
  }
}

function followSettings(facts: Facts): Change {
  return (part, place) => {
    const rewrite = rewrites[/^\/components\/schemas\/(\w+)$/.exec(place)?.[1] ?? '']
    return rewrite && isJsonObject(part) ? rewrite(part, facts) : part
  }
}

function tellTruth(facts: Facts): Change {
  return (part, place) =>
    typeof part === 'string' && place.endsWith('/description') ? trueDescription(part, facts) : part
}

function isEmptyExample(part: Json, place: string): boolean {
  return /\/examples\/\w+$/.test(place) && isJsonObject(part) && !isWorthShowing(part)
}
