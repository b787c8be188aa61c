import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, it } from 'vitest'

const program = fileURLToPath(new URL('./testing/cluster.ts', import.meta.url))

describe('the metrics of several workers', () => {
  it('are added up, but of what all see alike the greatest is taken', async () => {
    const options = { timeout: 15_000 }
    const { stdout } = await promisify(execFile)(process.execPath, [program], options)
    for (const line of [
      'latchkey_limited_total{action="login"} 2',
      'latchkey_hash_running 4',
      'latchkey_outbox_oldest_age_seconds 5',
      'latchkey_outbox_waiting{kind="mail"} 7',
    ]) {
      assert.ok(stdout.split('\n').includes(line), line)
    }
  })
})
