import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { deriveKeys } from '../../crypto/keys.ts'
import { auditSecret, createTestChain, type TestChain } from '../testing/chain.ts'
import { areMarksSealed, isHeadSealed, resealMarks } from './reseal.ts'
import { acceptMarks } from './restart.ts'
import { isOldestAhead, sweepEvents } from './sweep.ts'

const day = 86_400_000

describe('verifyChain', () => {
  it('finds an empty chain whole, and one of several thousand events', async () => {
    await using chain = await createTestChain()
    assert.equal(await chain.verify(), '1-0')
    for (let count = 0; count < 7; count++) await chain.write(400)
    assert.equal(await chain.verify(), '1-2800')
  })

  it('does not count what was rolled back', async () => {
    await using chain = await createTestChain()
    await chain.write(2)
    const failing = chain.db.transaction().execute(async (tx) => {
      await tx.updateTable('audit_marks').set({ seq: 7 }).execute()
      throw new Error('changed my mind')
    })
    await assert.rejects(failing)
    await chain.write(1)
    assert.equal(await chain.verify(), '1-3')
  })

  it('finds a checkpoint again, and not one of another chain or of later', async () => {
    await using chain = await createTestChain()
    await chain.write(5)
    const checkpoint = await chain.link(3)
    await chain.write(5)
    assert.equal(await chain.verify({ checkpoint }), '1-10')
    assert.equal(await chain.verify({ checkpoint: await chain.link(10) }), '1-10')
    const { hash } = await chain.link(4)
    assert.equal(await chain.verify({ checkpoint: { seq: 3, hash } }), '3 otherChain')
    assert.equal(await chain.verify({ checkpoint: { seq: 11, hash } }), '11 rolledBack')
  })

  it('finds by a checkpoint that the database was taken back, also once it has grown again', async () => {
    await using chain = await createTestChain()
    await chain.write(3)
    const before = await chain.db.selectFrom('audit_marks').selectAll().execute()
    await chain.write(3)
    const checkpoint = await chain.link(6)
    await chain.db.deleteFrom('events').where('seq', '>', 3).execute()
    for (const { name, ...mark } of before) {
      await chain.db.updateTable('audit_marks').set(mark).where('name', '=', name).execute()
    }
    assert.equal(await chain.verify(), '1-3', 'nothing else can tell')
    assert.equal(await chain.verify({ checkpoint }), '6 rolledBack')
    await chain.write(5)
    assert.equal(await chain.verify({ checkpoint }), '6 otherChain')
  })

  it('tells how many events are older than the chain', async () => {
    await using chain = await createTestChain()
    await chain.write(1)
    const [row] = await chain.db.selectFrom('events').selectAll().execute()
    assert.ok(row)
    const old = { ...row, id: 'old', seq: null, hash: null, created_at: 1 }
    await chain.db.insertInto('events').values(old).execute()
    const { verifyChain } = await import('./verify.ts')
    const found = await verifyChain(chain.db, chain.keys)
    assert.ok(found.isWhole)
    assert.equal(found.outside, 1)
  })
})

describe('sweepEvents', () => {
  it('removes what is old, in several batches, and the rest stays a whole chain', async () => {
    await using chain = await createTestChain()
    const now = Date.now()
    for (let count = 0; count < 3; count++) await chain.write(400, now - 2 * day)
    await chain.write(10, now)
    const [old, last] = [await chain.link(100), await chain.link(1200)]
    await sweepEvents(chain.db, chain.keys, now - day)
    assert.equal(await chain.verify(), '1201-1210')
    await sweepEvents(chain.db, chain.keys, now - day)
    assert.equal(await chain.verify({ checkpoint: last }), '1201-1210')
    assert.equal(await chain.verify({ checkpoint: old }), '100 tooOld')
    await sweepEvents(chain.db, chain.keys, now + day)
    assert.equal(await chain.verify(), '1211-1210')
    await chain.write(1)
    assert.equal(await chain.verify(), '1211-1211')
  })

  it('removes a beginning only: what is old behind something new stays until that is old', async () => {
    await using chain = await createTestChain()
    const now = Date.now()
    await chain.write(2, now - 2 * day)
    await chain.write(1, now)
    await chain.write(2, now - 2 * day)
    await sweepEvents(chain.db, chain.keys, now - day)
    assert.equal(await chain.verify(), '3-5')
  })

  it('removes what is older than the chain', async () => {
    await using chain = await createTestChain()
    await chain.write(1)
    const [row] = await chain.db.selectFrom('events').selectAll().execute()
    assert.ok(row)
    for (let count = 0; count < 3; count++) {
      const old = { ...row, id: `old ${count}`, seq: null, hash: null, created_at: 1 }
      await chain.db.insertInto('events').values(old).execute()
    }
    await sweepEvents(chain.db, chain.keys, Date.now() - day)
    const left = await chain.db.selectFrom('events').select('seq').execute()
    assert.deepEqual(
      left.map(({ seq }) => seq),
      [1],
    )
  })

  it('leaves what is dated in the future, which can be told', async () => {
    await using chain = await createTestChain()
    const now = Date.now()
    assert.equal(await isOldestAhead(chain.db, now), false)
    await chain.write(1, now + day)
    await chain.write(1, now - 2 * day)
    await sweepEvents(chain.db, chain.keys, now - day)
    assert.equal(await chain.verify(), '1-2')
    assert.equal(await isOldestAhead(chain.db, now), true)
    assert.equal(await isOldestAhead(chain.db, now + day), false)
  })

  it('does not do the work of somebody who made events look old', async () => {
    await using chain = await createTestChain()
    await chain.write(5)
    await chain.db.updateTable('events').set({ created_at: 1 }).where('seq', '<', 4).execute()
    await assert.rejects(sweepEvents(chain.db, chain.keys, Date.now() - day), /audit verify/)
    assert.equal(await chain.verify(), '1 changed')
  })

  it('seals no tail that it has not sealed before', async () => {
    await using chain = await createTestChain()
    await chain.write(5, 1)
    await chain.db
      .updateTable('audit_marks')
      .set({ ...(await chain.link(2)), seal: 'x' })
      .where('name', '=', 'tail')
      .execute()
    await assert.rejects(sweepEvents(chain.db, chain.keys, Date.now()), /audit verify/)
    assert.equal(await chain.verify(), '2 tail')
  })

  it('may go on while the chain is verified and written', async () => {
    await using chain = await createTestChain()
    const now = Date.now()
    for (let count = 0; count < 6; count++) await chain.write(500, now - (10 - count) * day)
    const other = { ...chain, db: chain.again() }
    const sweeping = (async () => {
      for (let days = 10; days > 5; days--) {
        await sweepEvents(other.db, chain.keys, now - days * day + 1)
        await chain.write(50)
      }
    })()
    const found: string[] = []
    for (let count = 0; count < 12; count++) found.push(await chain.verify())
    await sweeping
    found.push(await chain.verify())
    assert.ok(
      found.every((it) => /^\d+-\d+$/.test(it)),
      found.join(', '),
    )
    assert.equal(found.at(-1), '2501-3250')
  })
})

describe('a new secret', () => {
  const newer = 'a newer secret'

  it('is enough once the marks are sealed anew', async () => {
    await using chain = await createTestChain()
    await chain.write(3, 1)
    await sweepEvents(chain.db, chain.keys, 2)
    await chain.write(3)
    const both = deriveKeys([newer, auditSecret])
    const alone = deriveKeys([newer])
    assert.equal(await chain.verify({ keys: both }), '4-6')
    assert.equal(await chain.verify({ keys: alone }), '3 tail')
    assert.equal(await areMarksSealed(chain.db, alone), false)
    assert.equal(await resealMarks(chain.db, both), true)
    assert.equal(await chain.verify({ keys: alone }), '4-6')
    assert.equal(await areMarksSealed(chain.db, alone), true)
  })

  it('seals nothing that none of the secrets has sealed', async () => {
    await using chain = await createTestChain()
    await chain.write(3)
    const alone = deriveKeys([newer])
    assert.equal(await resealMarks(chain.db, alone), false)
    assert.equal(await chain.verify({ keys: alone }), '3 head')
    assert.equal(await chain.verify(), '1-3')
  })

  it('needs nothing where there are no events yet', async () => {
    await using chain = await createTestChain()
    assert.equal(await resealMarks(chain.db, deriveKeys([newer])), true)
  })
})

describe('acceptMarks', () => {
  const newer = deriveKeys(['a newer secret'])
  const accept = ({ db }: TestChain) => db.transaction().execute((tx) => acceptMarks(tx, newer))

  it('seals a chain again that two secrets have written, and retention goes on', async () => {
    await using chain = await createTestChain()
    await chain.write(3, 1)
    await sweepEvents(chain.db, chain.keys, 2)
    await chain.write(3, 3)
    await resealMarks(chain.db, deriveKeys(['a newer secret', auditSecret]))
    // A server that only knows the old secret.
    await chain.write(2, 3)
    const both = deriveKeys(['a newer secret', auditSecret])
    assert.equal(await chain.verify({ keys: both }), '8 head')
    assert.equal(await resealMarks(chain.db, both), false)
    assert.equal(await isHeadSealed(chain.db, both), false)
    assert.equal(await accept(chain), 8)
    assert.equal(await isHeadSealed(chain.db, newer), true)
    assert.equal(await chain.verify({ keys: newer }), '4-8')
    await sweepEvents(chain.db, newer, 4)
    assert.equal(await chain.verify({ keys: newer }), '9-8')
  })

  it('proves no event that was changed, and seals no end before the first event', async () => {
    await using chain = await createTestChain()
    await chain.write(3)
    await chain.db.updateTable('events').set({ ip: 'x' }).where('seq', '=', 2).execute()
    await chain.db.updateTable('audit_marks').set({ seal: 'x' }).execute()
    assert.equal(await accept(chain), 3)
    assert.equal(await areMarksSealed(chain.db, newer), true)
    assert.equal(await chain.verify({ keys: newer }), '2 changed')
  })
})
