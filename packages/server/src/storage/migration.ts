import type { Kysely } from 'kysely'
import type { DatabaseOrTransaction } from './open.ts'
import type { Tables } from './tables.ts'

/** One step of the schema: its name says where it stands in the order, and never changes. */
export interface Migration {
  name: string
  /**
   * True for a step that takes away, or demands, what the version before can not do without. Only what
   * no version since the one before has used may go: nodes of that version still run.
   */
  isContraction?: true
  /**
   * Finds what is in the way of the step in the data, a line each: table, id of the row and why. No line
   * says what a person would not want in a log, such as an address.
   */
  check?(db: DatabaseOrTransaction): Promise<readonly string[]>
  /**
   * Says the statements. It reads nothing, and says the same each time: they are collected, to be printed
   * or run, and a database that can not undo them goes on where it was interrupted.
   */
  up(db: Kysely<Tables>): Promise<void>
}

/** Said before anything was changed: data is in the way of a step. */
export class DataDoesNotFit extends Error {
  override readonly name = 'DataDoesNotFit'
  /** All that is in the way, a line each. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    const lines = problems.slice(0, mostLines).map((line) => `\n  - ${line}`)
    const rest = problems.length - lines.length
    const more = rest > 0 ? `\n  and ${rest} more` : ''
    super(`The schema can not be brought up to date: data does not fit.${lines.join('')}${more}`)
    this.problems = problems
  }
}

const mostLines = 50
