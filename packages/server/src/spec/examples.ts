import type { Facts } from './facts.ts'
import { possibleFlows } from './flows.ts'
import { type Change, isJsonObject, type JsonObject, textAt, without } from './json.ts'

const inExample = /\/examples\/[^/]+\/value(\/|$)/

/** Takes out of the examples of answers what answers cannot have. */
export function trueExamples(facts: Facts): Change {
  const flows = possibleFlows(facts)
  const absent = [
    ...(facts.takes('app') ? [] : ['session_token']),
    ...(facts.settings.account.userModelUsernameField === null ? ['username'] : []),
  ]
  return (part, place) => {
    if (!isJsonObject(part) || !inExample.test(place)) return part
    if (isFlow(place) && !flows.includes(textAt(part, 'id'))) return undefined
    return without(part, absent)
  }
}

function isFlow(place: string): boolean {
  return /\/flows\/\d+$/.test(place)
}

/** Whether an example still lists a flow, if it is about flows. */
export function isWorthShowing(example: JsonObject): boolean {
  const { value } = example
  const data = isJsonObject(value) ? value.data : undefined
  const flows = isJsonObject(data) ? data.flows : undefined
  return !Array.isArray(flows) || flows.length > 0
}
