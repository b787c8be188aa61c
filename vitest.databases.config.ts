import { defineConfig } from 'vitest/config'
import { databaseTests } from './tools/database-tests.ts'

const timing = 'packages/server/test/timing.test.ts'

/** What is to be run on each kind of database; `npm test` runs it on SQLite, with all the rest. */
export default defineConfig({
  test: {
    // What is measured there is the hashing, beside which no other test may run.
    include: databaseTests().filter((file) => file !== timing),
    globalSetup: './tools/test-database.ts',
    isolate: false,
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
