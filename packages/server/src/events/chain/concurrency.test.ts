import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { it } from 'vitest'
import { createTestChain } from '../testing/chain.ts'
import { sweepEvents } from './sweep.ts'

const run = promisify(execFile)
const script = fileURLToPath(new URL('../testing/append-many.ts', import.meta.url))

it('four processes write one whole chain, while it is verified and swept', {
  timeout: 60_000,
}, async () => {
  await using chain = await createTestChain()
  await chain.write(1000, 1)
  const writing = [1, 2, 3, 4].map(() => run(process.execPath, [script, chain.url, '200']))
  const all = Promise.all(writing)
  let isDone = false
  void all.finally(() => {
    isDone = true
  })
  let rounds = 0
  while (!isDone) {
    assert.match(await chain.verify(), /^\d+-\d+$/)
    if (rounds === 2) await sweepEvents(chain.db, chain.keys, 2)
    rounds += 1
    // SQLite answers at once: without a pause nothing else would happen in this process.
    await sleep(5)
  }
  await all
  await sweepEvents(chain.db, chain.keys, 2)
  assert.equal(await chain.verify(), '1001-1800')
  const writers = await chain.db.selectFrom('events').select('user_agent').distinct().execute()
  assert.equal(writers.length, 4)
})
