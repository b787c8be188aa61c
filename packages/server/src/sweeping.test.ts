import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { holdLease, releaseLease } from './storage/leases.ts'
import { type Sweeping, startSweeping } from './sweeping.ts'
import { createTestAuth, type TestAuth } from './testing/auth.ts'
import { createTestDatabase, type TestDatabase } from './testing/database.ts'

const start = Date.now()
let database: TestDatabase
let one: TestAuth
let other: TestAuth
let sweepings: Sweeping[]

beforeEach(async () => {
  database = await createTestDatabase()
  one = await createTestAuth({ database, now: start })
  other = await createTestAuth({ database, now: start })
  sweepings = []
})

afterEach(async () => {
  for (const sweeping of sweepings) await sweeping.stop()
  await one.close()
  await other.close()
  await database.close()
})

function sweepingOf({ server }: TestAuth): Sweeping {
  const sweeping = startSweeping(server)
  sweepings.push(sweeping)
  return sweeping
}

async function addSlots(count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, slot) => ({
    limit_key: `key ${slot >> 1}`,
    slot,
    free_at: 0,
  }))
  await database.db.insertInto('rate_limits').values(rows).execute()
}

async function countSlots(): Promise<number> {
  return (await database.db.selectFrom('rate_limits').select('slot').execute()).length
}

describe('removing what has expired', () => {
  it('is done by one node, until that has not come back for a while', async () => {
    const [first, second] = [sweepingOf(one), sweepingOf(other)]
    await first.turn()
    await addSlots(2)
    await second.turn()
    assert.equal(await countSlots(), 2)
    for (let minute = 1; minute <= 3; minute += 1) {
      one.clock.advance(60)
      other.clock.advance(60)
      await first.turn()
      await addSlots(1)
      await second.turn()
      assert.equal(await countSlots(), 1, `after ${minute} minutes`)
    }
    other.clock.advance(60)
    await second.turn()
    assert.equal(await countSlots(), 1)
    other.clock.advance(60)
    await second.turn()
    assert.equal(await countSlots(), 0)
  })

  it('goes to another node at once where the one that does it stops', async () => {
    const [first, second] = [sweepingOf(one), sweepingOf(other)]
    await first.turn()
    await first.stop()
    await addSlots(2)
    await second.turn()
    assert.equal(await countSlots(), 0)
  })

  it('takes any number of rows, those with one time too, and leaves what lasts', async () => {
    await addSlots(700)
    const id = (n: number) => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`
    const code = { purpose: 'p', secret_hash: null, subject: 's', attempts: 0, max_attempts: 1 }
    for (let begin = 0; begin < 1200; begin += 400) {
      const rows = Array.from({ length: 400 }, (_, index) => ({
        ...code,
        id: id(begin + index),
        created_at: 0,
        expires_at: begin + index < 1100 ? start - 1 : start + 1,
        used_at: null,
      }))
      await database.db.insertInto('codes').values(rows).execute()
    }
    await sweepingOf(one).turn()
    assert.equal(await countSlots(), 0)
    const left = await database.db.selectFrom('codes').select('id').orderBy('id').execute()
    assert.deepEqual([left.length, left[0]?.id], [100, id(1100)])
    assert.deepEqual(one.logged, [])
  })
})

describe('holdLease', () => {
  it('lets one of many have it', async () => {
    const asked = Array.from({ length: 8 }, (_, n) =>
      holdLease(database.again(), { name: 'x', holder: String(n) }, { now: 1, until: 2 }),
    )
    const held = await Promise.all(asked)
    assert.equal(held.filter((it) => it).length, 1)
    const late = Array.from({ length: 8 }, (_, n) =>
      holdLease(database.db, { name: 'x', holder: `late ${n}` }, { now: 2, until: 4 }),
    )
    assert.equal((await Promise.all(late)).filter((it) => it).length, 1)
  })

  it('is not given back by anybody but its holder', async () => {
    const { db } = database
    const time = { now: 1, until: 9 }
    await holdLease(db, { name: 'x', holder: 'one' }, time)
    await releaseLease(db, { name: 'x', holder: 'other' })
    assert.equal(await holdLease(db, { name: 'x', holder: 'other' }, time), false)
    await releaseLease(db, { name: 'x', holder: 'one' })
    assert.equal(await holdLease(db, { name: 'x', holder: 'other' }, time), true)
  })
})
