import { defineConfig } from 'vitest/config'
import { isLate } from './tools/brevity.ts'

/** What needs a browser, which `npm test` does without. */
export default defineConfig({
  test: {
    include: isLate
      ? ['test/browser/*.test.ts', 'test/browser/portal/{login,signup,account-overview}.test.ts']
      : ['test/browser/**/*.test.ts'],
    // On two processors a browser has times of its own: what fails is tried once more, and shown.
    retry: 1,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
