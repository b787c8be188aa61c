// Finds the tests that touch a database, by what they import. They are run on each kind of database;
// what the others check is the same on all of them. Run as a program, it lists them.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))

/**
 * What every test goes through to get at the database of TEST_DATABASE. Those that only start processes in
 * a folder of theirs have SQLite there, each time.
 */
const doors = ['packages/server/src/testing/database.ts']

const tests = ['packages/*/{src,test}/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts']
const otherTests = ['test/{browser,runtimes}/**', '**/node_modules/**']

const typeImport = /^\s*(?:import|export) type\b[^'"]*['"][^'"]+['"]/gm
/** Imports, and the files of workers and processes too. */
const relativePath = /['"`](\.{1,2}\/[^'"`\n]+\.ts)['"`]/g

/** The test files, from the root of the repository, through whose imports a door is reached. */
export function databaseTests(from = root, through: readonly string[] = doors): string[] {
  const missing = through.find((door) => !existsSync(join(from, door)))
  if (missing !== undefined) throw new Error(`${missing}: expected what opens the tests' database`)
  const known = new Map<string, readonly string[]>()
  const files = allTests(from)
  return files.filter((file) => reaches(file, through, (it) => importsOf(from, it, known)))
}

/** All test files but those that have a configuration of their own. */
export function allTests(from = root): string[] {
  return globSync(tests, { cwd: from, exclude: otherTests }).sort()
}

function reaches(
  file: string,
  targets: readonly string[],
  importsFrom: (file: string) => readonly string[],
): boolean {
  const seen = new Set([file])
  // A set that is walked gives what is added to it meanwhile as well.
  for (const it of seen) {
    if (targets.includes(it)) return true
    for (const target of importsFrom(it)) seen.add(target)
  }
  return false
}

function importsOf(
  from: string,
  file: string,
  known: Map<string, readonly string[]>,
): readonly string[] {
  const before = known.get(file)
  if (before) return before
  const text = readFileSync(join(from, file), 'utf8').replace(typeImport, '')
  const imports = [...text.matchAll(relativePath)]
    .map(([, target = '']) => normalize(join(dirname(file), target)))
    .filter((target) => existsSync(join(from, target)))
  known.set(file, imports)
  return imports
}

if (import.meta.main) console.log(databaseTests().join('\n'))
