import { defineConfig } from 'vitest/config'

/** The client on Bun, Deno and React 18, which are installed at the first run. */
export default defineConfig({
  test: {
    include: ['test/runtimes/*.test.ts'],
    globalSetup: './test/runtimes/install.ts',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
