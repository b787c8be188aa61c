import { matchesGlob } from 'node:path'
import { defineConfig } from 'vitest/config'
import { databaseTests } from './tools/database-tests.ts'

const timing = 'packages/server/test/timing.test.ts'

/**
 * About requests, providers and pages more than about rows. On two processors CI has no time for them on
 * each database; whoever runs the tests elsewhere has.
 */
const notInCi = [
  'packages/server/test/attacks/{forgery,half-signed-in,wrong-client,fixation,social-*}.test.ts',
  'packages/server/test/{social,stages}/*.test.ts',
  'packages/server/src/{config,guard,metrics,providers,spec,traces}/**',
  'test/**',
]

const isLeftOut = (file: string) =>
  Boolean(process.env.CI) && notInCi.some((pattern) => matchesGlob(file, pattern))

/** What is to be run on each kind of database; `npm test` runs it on SQLite, with all the rest. */
export default defineConfig({
  test: {
    // What is measured there is the hashing, beside which no other test may run.
    include: databaseTests().filter((file) => file !== timing && !isLeftOut(file)),
    globalSetup: './tools/test-database.ts',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
