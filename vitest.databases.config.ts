import { matchesGlob } from 'node:path'
import { defineConfig } from 'vitest/config'
import { isLate } from './tools/brevity.ts'
import { databaseTests } from './tools/database-tests.ts'

const timing = 'packages/server/test/timing.test.ts'

/** The rows themselves, what many do at once, and what moves a schema. */
const nearest = [
  'packages/server/src/{delivery,limits,users}/**',
  'packages/server/src/storage/**',
  'packages/server/src/account/{email,login}/**',
  'packages/server/src/http/database-down.test.ts',
  'packages/server/src/socialaccount/races.test.ts',
  'packages/server/test/concurrency*.test.ts',
  'packages/server/test/upgrades/upgrade.test.ts',
]

const isNear = (file: string) => nearest.some((pattern) => matchesGlob(file, pattern))

/** What is to be run on each kind of database; `npm test` runs it on SQLite, with all the rest. */
export default defineConfig({
  test: {
    // What is measured there is the hashing, beside which no other test may run.
    include: databaseTests().filter((file) => file !== timing && (!isLate || isNear(file))),
    globalSetup: './tools/test-database.ts',
    isolate: false,
    // Each waits for the database most of the time.
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
