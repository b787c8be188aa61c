import assert from 'node:assert/strict'
import { afterEach, describe, it, vi } from 'vitest'
import { main } from '../../src/cli/main.ts'
import type { Migration } from '../../src/storage/migration.ts'
import { migrations } from '../../src/storage/migrations.ts'
import { createTestAuth } from '../../src/testing/auth.ts'
import { createTestDatabase } from '../../src/testing/database.ts'
import { testSecret } from '../processes.ts'
import { dan } from './people.ts'
import { makesTables, presentOf } from './steps.ts'

const wantsNobody: Migration = {
  name: '9011-wants-nobody',
  async check(db) {
    const users = await db.selectFrom('users').select('id').execute()
    return users.map(({ id }) => `users ${id}: is there`)
  },
  up: makesTables('nobody').up,
}

// What the next version would have in its list.
const list = migrations as Migration[]

afterEach(() => {
  if (list.at(-1) === wantsNobody) list.pop()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  process.exitCode = undefined
})

describe('data that does not fit', () => {
  it('keeps a server from starting, and is listed by latchkey migrate', async () => {
    await using database = await createTestDatabase()
    const before = await createTestAuth({ database, users: [dan] })
    await before.close()
    list.push(wantsNobody)
    await assert.rejects(createTestAuth({ database }), { name: 'DataDoesNotFit' })
    for (const words of [['migrate'], ['migrate', '--dry-run'], ['serve']]) {
      const { code, stderr } = await run(words, database.url)
      assert.equal(code, 1)
      assert.match(stderr, /data does not fit\.\n {2}- users [\w-]{36}: is there\n$/)
      assert.doesNotMatch(stderr, /dan@|\n\s+at /)
    }
    assert.deepEqual(await presentOf(database.db, 'nobody'), [])
  })
})

/** Runs a command in this process, whose list has one step more. */
async function run(words: readonly string[], url: string) {
  vi.stubEnv('DATABASE_URL', url)
  vi.stubEnv('SECRET_KEY', testSecret)
  let stderr = ''
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += text
    return true
  })
  await main(words)
  const code = process.exitCode
  vi.restoreAllMocks()
  return { code, stderr }
}
