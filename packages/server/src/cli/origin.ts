import type { EventOrigin } from '../events/rows.ts'
import { operatorOrigin } from '../operators/users.ts'

/** Who causes the events of a command. */
export function commandOrigin(): EventOrigin {
  return operatorOrigin('command line', Date.now())
}
