import { defineConfig } from 'vitest/config'

const timing = 'packages/server/test/timing.test.ts'
const manyProcesses = 'packages/server/test/nodes/three-nodes.test.ts'

export default defineConfig({
  test: {
    isolate: false,
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: [
            'packages/*/{src,test}/**/*.test.ts',
            'test/**/*.test.ts',
            'tools/**/*.test.ts',
          ],
          exclude: [timing, manyProcesses, 'test/{browser,runtimes}/**', '**/node_modules/**'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        // It keeps all processors busy by itself, and others waiting.
        extends: true,
        test: {
          name: 'processes',
          include: [manyProcesses],
          sequence: { groupOrder: 2 },
        },
      },
      {
        // What it measures is the time that answers take, so no other test runs beside it.
        extends: true,
        test: { name: 'timing', include: [timing], sequence: { groupOrder: 1 } },
      },
    ],
  },
})
