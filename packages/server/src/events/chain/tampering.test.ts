import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { deriveKeys } from '../../crypto/keys.ts'
import { databaseKind } from '../../testing/database.ts'
import { createTestChain, type TestChain } from '../testing/chain.ts'
import { hashRow, sealMark } from './links.ts'
import { pageOfRows, readMarks } from './store.ts'

const row = ({ db }: TestChain, seq: number) =>
  db.selectFrom('events').selectAll().where('seq', '=', seq).executeTakeFirstOrThrow()
const change = ({ db }: TestChain, seq: number, values: object) =>
  db.updateTable('events').set(values).where('seq', '=', seq).execute()
const remove = ({ db }: TestChain, seq: number) =>
  db.deleteFrom('events').where('seq', '=', seq).execute()
const setMark = ({ db }: TestChain, name: 'head' | 'tail', values: object) =>
  db.updateTable('audit_marks').set(values).where('name', '=', name).execute()

/** What whoever can write to the database, but has no secret, may try. */
type Attempt = [name: string, attempt: (chain: TestChain) => Promise<unknown>, found: string]

/** What the other databases do not even take: their columns hold what they were made for. */
function inSqlite(attempt: Attempt): Attempt[] {
  return databaseKind === 'sqlite' ? [attempt] : []
}

const attempts: Attempt[] = [
  ['nothing', async () => {}, '1-9'],
  ...(['type', 'user_id', 'session_id', 'ip', 'user_agent', 'data', 'id', 'hash'] as const).map(
    (column) =>
      [
        `another ${column}`,
        (chain: TestChain) => change(chain, 4, { [column]: 'other' }),
        '4 changed',
      ] as [string, (chain: TestChain) => Promise<unknown>, string],
  ),
  ['another time', (chain) => change(chain, 4, { created_at: 1 }), '4 changed'],
  ['no hash', (chain) => change(chain, 4, { hash: null }), '4 changed'],
  ['no place in the chain', (chain) => change(chain, 4, { seq: null }), '4 missing'],
  ['a row removed', (chain) => remove(chain, 4), '4 missing'],
  ['the first row removed', (chain) => remove(chain, 1), '1 missing'],
  ['the last row removed', (chain) => remove(chain, 9), '9 missing'],
  ['all rows removed', ({ db }) => db.deleteFrom('events').execute(), '1 missing'],
  [
    'the last row removed, and the head set to the one before',
    async (chain) => {
      await remove(chain, 9)
      await setMark(chain, 'head', await chain.link(8))
    },
    '8 head',
  ],
  [
    'the first rows removed, and the tail set behind them',
    async (chain) => {
      await setMark(chain, 'tail', await chain.link(2))
      await remove(chain, 1)
      await remove(chain, 2)
    },
    '2 tail',
  ],
  [
    'a seal of the head put on the tail',
    async (chain) => {
      const { head } = await readMarks(chain.db)
      await setMark(chain, 'tail', { seq: 9, hash: head?.hash, seal: head?.seal })
      await chain.db.deleteFrom('events').execute()
    },
    '9 tail',
  ],
  ['another seal of the head', (chain) => setMark(chain, 'head', { seal: 'x' }), '9 head'],
  [
    'a seal under another secret',
    async (chain) => {
      const { seq, hash } = await chain.link(9)
      const mark = sealMark(deriveKeys(['a guess']), { name: 'head', seq, hash })
      await setMark(chain, 'head', { seal: mark.seal })
    },
    '9 head',
  ],
  [
    'no head',
    ({ db }) => db.deleteFrom('audit_marks').where('name', '=', 'head').execute(),
    '0 head',
  ],
  [
    'no tail',
    ({ db }) => db.deleteFrom('audit_marks').where('name', '=', 'tail').execute(),
    '0 tail',
  ],
  [
    'a row inserted after the last',
    async (chain) => {
      const copy = { ...(await row(chain, 9)), id: 'copy', seq: 10 }
      const hash = hashRow((await chain.link(9)).hash, copy)
      await chain.db
        .insertInto('events')
        .values({ ...copy, hash })
        .execute()
    },
    '10 inserted',
  ],
  [
    'a row inserted before the first',
    async (chain) => {
      const copy = { ...(await row(chain, 1)), id: 'copy', seq: 0 }
      await chain.db.insertInto('events').values(copy).execute()
    },
    '0 inserted',
  ],
  [
    'a row inserted outside the chain',
    async (chain) => {
      const copy = {
        ...(await row(chain, 4)),
        id: 'copy',
        seq: null,
        created_at: Date.now() + 1000,
      }
      await chain.db.insertInto('events').values(copy).execute()
    },
    'null outside',
  ],
  [
    'a row inserted outside the chain, and the migration said to be of later',
    async (chain) => {
      const old = { id: 'copy', seq: null, created_at: Date.now() + 1000 }
      await chain.db
        .insertInto('events')
        .values({ ...(await row(chain, 4)), ...old })
        .execute()
      const later = { applied_at: Date.now() + 2000 }
      await chain.db.updateTable('latchkey_migrations').set(later).execute()
    },
    'null outside',
  ],
  ...inSqlite([
    'a row inserted whose place is no number',
    async (chain) => {
      const copy = { ...(await row(chain, 4)), id: 'copy', seq: 'x' as unknown as number }
      await chain.db.insertInto('events').values(copy).execute()
    },
    'null inserted',
  ]),
  [
    'a row inserted at the place of another',
    async (chain) => {
      await chain.db.schema.dropIndex('events_seq_key').on('events').execute()
      await chain.db
        .insertInto('events')
        .values({ ...(await row(chain, 4)), id: 'copy' })
        .execute()
    },
    '4 inserted',
  ],
  [
    'two rows swapped',
    async (chain) => {
      await change(chain, 4, { seq: -1 })
      await change(chain, 5, { seq: 4 })
      await change(chain, -1, { seq: 5 })
    },
    '4 changed',
  ],
  [
    'a row changed and every hash behind it computed anew',
    async (chain) => {
      await change(chain, 4, { ip: '203.0.113.9' })
      let before = (await chain.link(3)).hash
      for (const each of await pageOfRows(chain.db, { after: 3, limit: 100 })) {
        before = hashRow(before, each)
        await change(chain, each.seq, { hash: before })
      }
    },
    '9 head',
  ],
]

describe('the chain of events', () => {
  it.each(attempts)('with %s', async (_, attempt, found) => {
    await using chain = await createTestChain()
    await chain.write(4)
    await chain.write(5)
    await attempt(chain)
    assert.equal(await chain.verify(), found)
  })

  it.each(attempts.slice(1).filter(([, , found]) => !/^0/.test(found)))(
    'does not hide by what is written later: %s',
    async (_, attempt) => {
      await using chain = await createTestChain()
      await chain.write(9)
      await attempt(chain)
      // What was put at the place of the next event is in the way of it, which nobody can miss.
      await chain.write(1).catch(() => {})
      await chain.write(2).catch(() => {})
      assert.match(await chain.verify(), / (changed|missing|inserted|outside|head|tail)$/)
    },
  )
})
