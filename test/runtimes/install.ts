import { installBeside } from '../../tools/npm.ts'

/** Installs, before the first test, what the tests run on, unless it is there. */
export function setup(): void {
  installBeside(import.meta.dirname)
}
