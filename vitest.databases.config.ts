import { matchesGlob } from 'node:path'
import { defineConfig } from 'vitest/config'
import { databaseTests } from './tools/database-tests.ts'

const timing = 'packages/server/test/timing.test.ts'

/**
 * What CI runs of it: the rows themselves, what many do at once, and what moves a schema. On two processors
 * it has no time for all on each database; whoever runs the tests elsewhere has.
 */
const inCi = [
  'packages/server/src/{delivery,limits,users}/**',
  'packages/server/src/storage/*.test.ts',
  'packages/server/src/account/{email,login}/**',
  'packages/server/src/http/database-down.test.ts',
  'packages/server/src/socialaccount/races.test.ts',
  'packages/server/test/concurrency{,-codes,-tokens}.test.ts',
  'packages/server/test/upgrades/upgrade.test.ts',
]

const isChosen = (file: string) =>
  !process.env.CI || inCi.some((pattern) => matchesGlob(file, pattern))

/** What is to be run on each kind of database; `npm test` runs it on SQLite, with all the rest. */
export default defineConfig({
  test: {
    // What is measured there is the hashing, beside which no other test may run.
    include: databaseTests().filter((file) => file !== timing && isChosen(file)),
    globalSetup: './tools/test-database.ts',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
