import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, it } from 'vitest'
import { createGate, GateFull } from './gate.ts'

/** Work that goes on until it is told to end. */
function openEnded() {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  return { work: () => promise, end: resolve, fail: reject }
}

const turn = () => sleep(1)

describe('gate', () => {
  it('runs as many at once as it may and starts the others in order', async () => {
    const gate = createGate({ concurrency: 2 })
    const works = Array.from({ length: 6 }, openEnded)
    const started: number[] = []
    const all = works.map(({ work }, index) =>
      gate.run(() => {
        started.push(index)
        return work()
      }),
    )
    await turn()
    assert.deepEqual(started, [0, 1])
    assert.deepEqual([gate.running, gate.queued], [2, 4])

    works[1]!.end()
    await turn()
    assert.deepEqual(started, [0, 1, 2])
    assert.deepEqual([gate.running, gate.queued], [2, 3])

    for (const { end } of works) end()
    await Promise.all(all)
    assert.deepEqual(started, [0, 1, 2, 3, 4, 5])
    assert.deepEqual([gate.running, gate.queued], [0, 0])
  })

  it('never runs more than it may under a random load', async () => {
    const gate = createGate({ concurrency: 3, maxQueued: 1000 })
    let running = 0
    let most = 0
    await Promise.all(
      Array.from({ length: 200 }, () =>
        gate.run(async () => {
          running += 1
          most = Math.max(most, running)
          await sleep(Math.random() * 3)
          running -= 1
        }),
      ),
    )
    assert.equal(most, 3)
    assert.equal(gate.running, 0)
  })

  it('lets nobody who comes later overtake who waits', async () => {
    const gate = createGate({ concurrency: 1 })
    const order: string[] = []
    const first = gate.run(async () => {
      order.push('first')
    })
    const waiting = gate.run(async () => {
      order.push('waiting')
    })
    const late = first.then(() =>
      gate.run(async () => {
        order.push('late')
      }),
    )
    await Promise.all([waiting, late])
    assert.deepEqual(order, ['first', 'waiting', 'late'])
  })

  it('turns away who comes when the queue is full, without running the work', async () => {
    const gate = createGate({ concurrency: 1, maxQueued: 1 })
    const { work, end } = openEnded()
    const accepted = [gate.run(work), gate.run(work)]
    let hasRun = false
    const refused = gate.run(async () => {
      hasRun = true
    })
    await assert.rejects(refused, (error) => {
      assert.ok(error instanceof GateFull)
      assert.equal(error.name, 'GateFull')
      assert.equal(error.retryAfterSeconds, 1)
      return true
    })
    end()
    await Promise.all(accepted)
    assert.equal(hasRun, false)
    assert.equal(await gate.run(async () => 'again'), 'again')
  })

  it('with no queue refuses everything past the running ones', async () => {
    const gate = createGate({ concurrency: 1, maxQueued: 0 })
    const { work, end } = openEnded()
    const running = gate.run(work)
    await assert.rejects(gate.run(work), GateFull)
    end()
    await running
  })

  it('estimates the wait from the length of the queue and how long work takes', async () => {
    const gate = createGate({ concurrency: 1, maxQueued: 20 })
    await gate.run(() => sleep(200))
    const { work, end } = openEnded()
    const accepted = Array.from({ length: 21 }, () => gate.run(work))
    await assert.rejects(gate.run(work), (error) => {
      assert.ok(error instanceof GateFull)
      assert.ok(error.retryAfterSeconds >= 4, `${error.retryAfterSeconds} s`)
      assert.ok(error.retryAfterSeconds <= 10, `${error.retryAfterSeconds} s`)
      return true
    })
    end()
    await Promise.all(accepted)
  })

  it('passes on results and failures and frees the place after both', async () => {
    const gate = createGate({ concurrency: 1 })
    assert.equal(await gate.run(async () => 7), 7)
    await assert.rejects(
      gate.run(async () => Promise.reject(new Error('late'))),
      /late/,
    )
    await assert.rejects(
      gate.run(() => {
        throw new Error('at once')
      }),
      /at once/,
    )
    assert.equal(gate.running, 0)
    assert.equal(await gate.run(async () => 8), 8)
  })

  it('by default runs one for each core', async () => {
    const gate = createGate()
    const { work, end } = openEnded()
    const all = Array.from({ length: availableParallelism() + 1 }, () => gate.run(work))
    assert.deepEqual([gate.running, gate.queued], [availableParallelism(), 1])
    end()
    await Promise.all(all)
  })

  it.each([{ concurrency: 0 }, { concurrency: 1.5 }, { maxQueued: -1 }, { maxQueued: Number.NaN }])(
    'refuses %j',
    (settings) => {
      assert.throws(() => createGate(settings), RangeError)
    },
  )
})
