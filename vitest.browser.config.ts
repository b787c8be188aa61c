import { defineConfig } from 'vitest/config'

/** What needs a browser, which `npm test` does without. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
