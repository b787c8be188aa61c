import type { ParseArgsOptionDescriptor } from 'node:util'

/** What a process ends with, for scripts. */
export const exitCodes = { done: 0, failed: 1, usage: 2, settings: 3 } as const

/** One command of the program, which describes itself. */
export interface Command {
  /** Its words, such as `users create`. */
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** Printed by `--help` below the usage. */
  readonly help: string
  readonly options: Readonly<Record<string, ParseArgsOptionDescriptor & { help: string }>>
  /** Runs it and returns the exit code; a server returns none, as it goes on. */
  run(values: CommandValues): Promise<number | undefined>
}

export type CommandValues = Readonly<Record<string, string | boolean | undefined>>

/** The text of an option, if it was given. */
export function textOption(values: CommandValues, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

/** Something that the person can mend: it is printed without a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

/** Words that the command cannot make sense of. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
